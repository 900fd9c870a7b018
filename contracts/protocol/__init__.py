"""The door: tokens, passwords, unknown and foreign ids, wrong methods, wrong values, the shape of errors."""

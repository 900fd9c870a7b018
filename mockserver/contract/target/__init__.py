"""The server under test, its other callers, and time there."""

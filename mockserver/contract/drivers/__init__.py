"""What makes many calls of operations: the fast lane, the fuzzer, chains along links, wrong calls."""

"""Benchmarks, each a ratio taken in one interleaved run. `python -m bench` prints the table."""

"""Answers and those of another server, such as the mock, step by step. Needs `--against`."""

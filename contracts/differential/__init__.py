"""Answers and those of the mock, step by step."""

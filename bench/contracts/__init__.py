"""Benchmarks of the contract suite."""

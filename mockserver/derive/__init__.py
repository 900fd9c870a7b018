"""Computed values: totals, balances, statuses, numbers, dates. Pure: no store, no HTTP, no clock, no chance."""

"""Answers and the rules of the trade, worked out again: totals, balances, numbers, states."""

"""Calls of a run: the client that makes them, what it keeps of them, and the findings that come of them."""

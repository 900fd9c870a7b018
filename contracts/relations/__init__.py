"""Answers and other answers: what was written is what is read, in record, list and page."""

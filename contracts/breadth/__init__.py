"""Schemathesis over every operation: what nobody thought of."""

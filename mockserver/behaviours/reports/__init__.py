"""Sums over records: reports, charts, statements, and templates over several records."""

"""State of a world: paged tables, indexes, queries. Knows no HTTP and no entity by name."""

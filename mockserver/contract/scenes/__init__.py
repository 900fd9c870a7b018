"""What a relation is looked at on: a stage for one noun, records in all states, a resource of another API."""

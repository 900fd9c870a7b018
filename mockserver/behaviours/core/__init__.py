"""What every verb stands on: the registry of names, access, rules and validation, and calls of jobs."""

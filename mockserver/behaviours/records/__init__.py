"""What any record can do: the standard operations, bulk, the two flags, files, numbers, search, the event log."""

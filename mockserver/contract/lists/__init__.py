"""What a list must show, worked out again from rows: filters, conditions, order, and texts worth filtering by."""

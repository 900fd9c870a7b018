"""What happens when its day comes: one kind a function."""

"""What contract tools catch of planted faults, and what they complain about where there is none."""

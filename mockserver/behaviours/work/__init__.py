"""What is billed later: tasks, projects, expenses."""

"""Clients, vendors and their contacts; groups, merges, the portal and the shop."""

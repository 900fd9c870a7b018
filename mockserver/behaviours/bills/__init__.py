"""What every kind of bill shares: its facts, totals, invitations, reminders, and the sums and ledger of its client."""

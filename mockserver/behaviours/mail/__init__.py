"""E-mails: their texts, and what goes into the outbox."""

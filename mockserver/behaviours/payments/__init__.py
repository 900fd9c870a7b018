"""Money that comes in and goes back: payments, refunds, gateways, bank accounts."""

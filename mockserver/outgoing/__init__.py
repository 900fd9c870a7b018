"""What leaves the server: webhooks, and the feeds of events and deliveries that show them."""

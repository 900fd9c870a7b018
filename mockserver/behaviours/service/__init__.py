"""The installation: health, static lists, webhooks, designs, and calls of services that are not connected."""

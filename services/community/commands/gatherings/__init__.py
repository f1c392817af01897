"""Commands about gatherings."""

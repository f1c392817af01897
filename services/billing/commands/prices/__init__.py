"""Commands about price lists."""

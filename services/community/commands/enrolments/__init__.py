"""Commands about entries into operations and exits from them."""

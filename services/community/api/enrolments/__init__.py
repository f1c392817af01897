"""Routes for entries into operations and exits from them."""

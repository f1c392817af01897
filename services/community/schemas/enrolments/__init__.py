"""Bodies of the routes for entries into operations and exits from them."""

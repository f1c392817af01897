"""Bodies of the routes for consents, own data and erasure."""

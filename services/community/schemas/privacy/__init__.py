"""Bodies of the routes for consents and erasure."""

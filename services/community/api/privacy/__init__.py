"""Routes for consents, own data and erasure."""

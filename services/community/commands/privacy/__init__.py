"""Commands about consents, own data and erasure."""

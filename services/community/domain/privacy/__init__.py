"""The rules of consents, own data and erasure."""

"""Queries of consents, own data and erasure."""

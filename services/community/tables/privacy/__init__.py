"""Rows of consents, own data and erasure."""

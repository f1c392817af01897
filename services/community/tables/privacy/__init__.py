"""Rows of consents and erasure."""

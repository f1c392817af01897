"""Consents, accesses, and the points of published sums."""

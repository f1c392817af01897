"""Consents, accesses, the points of published sums, and what is too old to be kept."""

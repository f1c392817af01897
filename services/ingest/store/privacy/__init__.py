"""Consents, accesses to curves, and what is too old to be kept."""

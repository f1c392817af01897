"""Blocks of readings: stored, added in bulk, published."""

"""Readings, their blocks by local day, and how newer values are merged over stored ones."""

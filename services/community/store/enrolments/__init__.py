"""Queries of entries into operations and exits from them."""

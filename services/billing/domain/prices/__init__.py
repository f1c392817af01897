"""Prices: the price list of an operation, and what energy and fees cost."""

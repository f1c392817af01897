"""Queries of plants' contracts and of the months of yearly reports."""

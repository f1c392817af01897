"""Queries of price lists, and of energy by half-hour."""

"""Queries of what is billed, of the facts of a month, of runs and series of numbers."""

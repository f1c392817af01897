"""Queries of sellers and their profiles."""

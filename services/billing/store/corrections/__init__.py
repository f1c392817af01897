"""Queries of correction policies, and of settlements that require corrections."""

"""Surplus: contracts of plants, producers' statements, and the year of an operation."""

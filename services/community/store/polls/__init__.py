"""Queries of polls."""

"""Queries of places and legal bases."""

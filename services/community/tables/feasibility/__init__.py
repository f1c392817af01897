"""Rows of places and legal bases."""

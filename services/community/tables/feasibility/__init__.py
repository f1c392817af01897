"""Rows of the places where points are connected."""

"""Rows of members, points, operations and organisers."""

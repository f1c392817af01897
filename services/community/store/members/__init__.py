"""Queries of members, points, operations and organisers."""

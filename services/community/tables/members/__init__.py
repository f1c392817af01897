"""Rows of members, points, operations and organisers, and of changes of e-mail addresses."""

"""Settlements, their frozen inputs, and the months for which something has changed."""

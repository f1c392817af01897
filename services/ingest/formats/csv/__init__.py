"""Formats that are CSV, and how CSV is read: as a table, or faster as a grid of bytes."""

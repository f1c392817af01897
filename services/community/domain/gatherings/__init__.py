"""Gatherings of members: their content, their guests, and their decisions."""

"""Gatherings of members: what they are, who comes, and what was decided there."""

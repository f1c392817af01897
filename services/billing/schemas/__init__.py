"""Bodies of billing's routes, by subject."""

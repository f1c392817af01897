"""Bodies of billing's routes."""

"""Bodies of the routes for gatherings."""

"""Routes for gatherings."""

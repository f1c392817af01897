"""Bodies of the routes for places and legal bases."""

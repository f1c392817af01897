"""Bodies of the routes for a seller's books."""

"""Bodies of the routes for price lists and the prices of a day."""

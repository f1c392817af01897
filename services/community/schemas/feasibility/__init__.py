"""Bodies of the routes for legal bases, places and their search by address."""

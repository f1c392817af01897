"""Bodies of the routes for months and runs."""

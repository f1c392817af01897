"""Bodies of the routes for plants' contracts, statements and yearly reports."""

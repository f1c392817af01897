"""Bodies of the routes for submissions and reports of sales."""

"""Routes for submissions to platforms, customers' addresses there, and reports of sales."""

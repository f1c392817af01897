"""Bodies of the routes for polls."""

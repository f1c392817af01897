"""Bodies of the routes for both bills and suppliers' offers."""

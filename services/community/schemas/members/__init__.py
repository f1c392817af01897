"""Bodies of the routes for members, points, operations and organisers."""

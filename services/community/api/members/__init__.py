"""Routes for members, points, operations and organisers."""

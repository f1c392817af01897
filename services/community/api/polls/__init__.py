"""Routes for polls."""

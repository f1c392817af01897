"""Bodies of the routes for requests, sign-ups and public pages."""

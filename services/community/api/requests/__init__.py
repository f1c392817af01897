"""Routes for requests, sign-ups and public pages."""

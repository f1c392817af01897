"""Routes for plants' contracts, producers' statements and yearly reports."""

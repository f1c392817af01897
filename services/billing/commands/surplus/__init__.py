"""Commands about plants' contracts, producers' statements and yearly reports."""

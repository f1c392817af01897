"""Bodies of the routes for accounts and log-ins."""

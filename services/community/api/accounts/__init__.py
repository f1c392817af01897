"""Routes for accounts and log-ins."""

"""The rules of accounts and log-ins."""

"""Rows of accounts and log-ins."""

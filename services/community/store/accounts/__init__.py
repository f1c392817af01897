"""Queries of accounts and log-ins."""

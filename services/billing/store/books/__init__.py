"""Queries of accounts and entries."""

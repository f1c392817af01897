"""Queries of requests, sign-ups and public pages."""

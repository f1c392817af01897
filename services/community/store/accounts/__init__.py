"""Queries of accounts, log-ins, sessions, invitations and feeds."""

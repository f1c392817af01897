"""Rows of accounts, sessions, invitations, one-time codes and feeds."""

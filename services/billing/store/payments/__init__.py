"""Queries of creditors, mandates, collections, payouts, bank statements and reminders."""

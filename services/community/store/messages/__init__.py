"""Queries of messages, notifications and news."""

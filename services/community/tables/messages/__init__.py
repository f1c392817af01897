"""Rows of messages, notifications and news."""

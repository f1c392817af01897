"""The rules of messages, notifications and news."""

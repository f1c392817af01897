"""Routes for messages, notifications and news."""

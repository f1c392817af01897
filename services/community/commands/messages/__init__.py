"""Commands about messages, notifications and news."""

"""Bodies of the routes for messages, notifications and news."""

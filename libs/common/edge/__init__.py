"""What the routes of all services have in common: callers, the session, days, pages, settings."""

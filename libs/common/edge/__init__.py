"""What the routes of all services have in common, and two that all services have."""

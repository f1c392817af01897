"""What the routes of all services have in common, and the routes of looks, changes and today."""

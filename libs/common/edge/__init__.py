"""What the routes of all services have in common: one parser for each kind of parameter."""

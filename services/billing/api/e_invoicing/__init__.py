"""E-invoicing: submissions to platforms, routing, and the report of sales to households."""

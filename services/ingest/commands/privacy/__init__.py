"""Members' consents to the use of their curves, and the end of what is too old."""

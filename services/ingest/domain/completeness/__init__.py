"""Which readings of an operation are missing, and what is asked again."""

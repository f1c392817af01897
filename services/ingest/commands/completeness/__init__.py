"""Which readings of a month are missing."""

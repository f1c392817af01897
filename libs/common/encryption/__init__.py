"""Keys for secrets and for files, and a column that only they can read."""

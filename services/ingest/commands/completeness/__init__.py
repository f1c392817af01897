"""Which readings are missing, and how the DSO is asked for them again."""

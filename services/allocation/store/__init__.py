"""The queries of allocation, by subject."""

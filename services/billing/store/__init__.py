"""The queries of billing, by subject."""

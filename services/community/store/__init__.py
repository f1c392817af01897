"""The queries of the community service, by subject."""

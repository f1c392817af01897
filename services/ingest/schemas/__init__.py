"""The bodies of ingest's API."""

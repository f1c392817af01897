"""The commands of ingest: receive deliveries, record their readings, publish to operations."""

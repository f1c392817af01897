"""What ingest does: receive deliveries, record their readings, pass them on to operations."""

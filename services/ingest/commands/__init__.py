"""What ingest does: receive deliveries, record their readings, give operations theirs."""

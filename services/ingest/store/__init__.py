"""Every query of ingest: deliveries, blocks of readings, and what was published to operations."""

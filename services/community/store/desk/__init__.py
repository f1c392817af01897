"""Queries of documents, conventions and deadlines."""

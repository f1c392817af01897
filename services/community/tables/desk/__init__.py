"""Rows of documents, conventions and deadlines."""

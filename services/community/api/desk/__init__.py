"""Routes for documents, conventions and deadlines."""

"""The rules of documents, conventions and deadlines."""

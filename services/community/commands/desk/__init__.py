"""Commands about documents, conventions and deadlines."""

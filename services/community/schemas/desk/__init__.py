"""Bodies of the routes for documents, conventions and deadlines."""

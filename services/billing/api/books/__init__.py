"""Routes for a seller's accounts and entries, and the close of its years."""

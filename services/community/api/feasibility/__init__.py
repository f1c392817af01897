"""Routes for places and legal bases."""

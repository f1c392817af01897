"""Routes for the drafts of a month, and for billing runs."""

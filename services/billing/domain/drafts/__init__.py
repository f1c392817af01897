"""Drafts and billing runs: what is due for a month or a quarter, until it is issued."""

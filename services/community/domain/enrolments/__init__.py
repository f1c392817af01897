"""A point's way into an operation and out of it, step by step."""

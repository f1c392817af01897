"""The co-op and its people: who they are, and what they do."""

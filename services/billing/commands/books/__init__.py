"""Commands that write entries and close years."""

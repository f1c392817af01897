"""E-mails as such: making them, sending them, and reading bounces."""

"""E-mails as such: how one is made, where it goes, and what a bounce tells."""

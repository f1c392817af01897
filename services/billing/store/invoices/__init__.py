"""Invoices: their frozen content, their files, and e-mails about them."""

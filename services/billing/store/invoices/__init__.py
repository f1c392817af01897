"""Queries of invoices, their files and the e-mails about them."""

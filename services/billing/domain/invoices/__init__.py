"""The rules of invoices: their lines, taxes, mentions, numbers and periods."""

"""Commands that draft, check, run and issue invoices."""

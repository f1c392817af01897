"""Bodies of the routes for invoices, their frozen content and e-mails."""

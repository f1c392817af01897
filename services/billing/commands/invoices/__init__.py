"""Commands that make the files of invoices and send e-mails about them."""

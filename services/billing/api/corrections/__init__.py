"""Routes for credit notes and corrective invoices."""

"""Routes for creditors, mandates, direct debits, payouts, bank statements and reminders."""

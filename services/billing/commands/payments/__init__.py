"""Commands about creditors, mandates, payments, payouts, bank statements and reminders."""

"""Bodies of the routes for mandates, payments, bank statements and reminders."""

"""The rules of mandates, collections, payouts, bank transactions and reminders."""

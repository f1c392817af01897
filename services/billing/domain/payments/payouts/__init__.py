"""Payouts: what is paid to whom, what is kept, and what payees are told of it."""

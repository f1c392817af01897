"""Sellers: sharing keys, prices, invoices' payments, and the bank."""

"""Sellers and taxes: who sells and invoices, under which VAT and which excise (accise)."""

"""Billing's routes, by what they are about."""

from fastapi import APIRouter

from services.billing.api import (
    accise,
    collections,
    corrections,
    creditors,
    documents,
    dunning,
    invoices,
    issuers,
    ledger,
    mailings,
    months,
    payouts,
    prices,
    runs,
    statements,
    supplier_offers,
    surplus,
)

router = APIRouter()
# Documents first: an invoice's path takes any last part, `….pdf` too.
for one in (
    documents,
    issuers,
    accise,
    prices,
    months,
    invoices,
    corrections,
    runs,
    ledger,
    creditors,
    collections,
    statements,
    payouts,
    dunning,
    supplier_offers,
    surplus,
    mailings,
):
    router.include_router(one.router)

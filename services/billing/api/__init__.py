"""Billing's routes, by what they are about."""

from fastapi import APIRouter

from services.billing.api import (
    accise,
    collections,
    creditors,
    dunning,
    invoices,
    issuers,
    ledger,
    months,
    payouts,
    prices,
    statements,
)

router = APIRouter()
for one in (
    issuers,
    accise,
    prices,
    months,
    invoices,
    ledger,
    creditors,
    collections,
    statements,
    payouts,
    dunning,
):
    router.include_router(one.router)

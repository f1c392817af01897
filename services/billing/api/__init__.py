"""Billing's routes, by what they are about."""

from fastapi import APIRouter

from services.billing.api import (
    accise,
    collections,
    creditors,
    invoices,
    issuers,
    ledger,
    months,
    prices,
)

router = APIRouter()
for one in (issuers, accise, prices, months, invoices, ledger, creditors, collections):
    router.include_router(one.router)

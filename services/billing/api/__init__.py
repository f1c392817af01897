"""Billing's routes, by what they are about."""

from fastapi import APIRouter

from services.billing.api import (
    accise,
    corrections,
    invoices,
    issuers,
    months,
    prices,
    runs,
)

router = APIRouter()
for one in (issuers, accise, prices, months, invoices, corrections, runs):
    router.include_router(one.router)

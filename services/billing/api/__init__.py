"""Billing's routes, by what they are about."""

from fastapi import APIRouter

from services.billing.api import invoices, months, prices

router = APIRouter()
for one in (prices, months, invoices):
    router.include_router(one.router)

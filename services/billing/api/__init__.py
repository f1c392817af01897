"""Billing's routes, by what they are about."""

from fastapi import APIRouter

from services.billing.api import accise, documents, invoices, issuers, months, prices

router = APIRouter()
# Documents first: an invoice's path takes any last part, `….pdf` too.
for one in (documents, issuers, accise, prices, months, invoices):
    router.include_router(one.router)

"""Billing's routes, by what they are about."""

from fastapi import APIRouter

from libs.common.access_routes import access_router
from libs.common.audit_routes import audit_router
from services.billing.api import (
    accise,
    collections,
    corrections,
    creditors,
    customers,
    documents,
    dunning,
    e_reporting,
    invoices,
    issuers,
    ledger,
    mailings,
    mandate_requests,
    months,
    payouts,
    prices,
    reference_offers,
    runs,
    statements,
    submissions,
    supplier_offers,
    surplus,
    yearly_reports,
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
    mandate_requests,
    collections,
    statements,
    payouts,
    dunning,
    customers,
    submissions,
    e_reporting,
    reference_offers,
    supplier_offers,
    surplus,
    mailings,
    yearly_reports,
):
    router.include_router(one.router)
router.include_router(audit_router("billing"))
router.include_router(access_router("billing"))

"""Allocation's routes: policies, keys, days, shares, coefficients, settlements, reconciliation."""

from fastapi import APIRouter

from services.allocation.api import (
    coefficients,
    days,
    key_coefficients,
    keys,
    policies,
    reconciliation,
    settlements,
    shares,
)

router = APIRouter()
for one in (
    policies,
    keys,
    key_coefficients,
    days,
    shares,
    coefficients,
    settlements,
    reconciliation,
):
    router.include_router(one.router)

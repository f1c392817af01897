"""Allocation's routes, by what they are about."""

from fastapi import APIRouter

from services.allocation.api import (
    coefficients,
    days,
    explanations,
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
    explanations,
    coefficients,
    settlements,
    reconciliation,
):
    router.include_router(one.router)

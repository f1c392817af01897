"""Allocation's routes, by what they are about."""

from fastapi import APIRouter

from libs.common.audit_routes import audit_router
from services.allocation.api import (
    accesses,
    adoptions,
    coefficients,
    days,
    explanations,
    key_coefficients,
    key_previews,
    keys,
    plant_months,
    point_months,
    policies,
    producers,
    purges,
    reconciliation,
    settlements,
    shares,
    simulations,
    sunny_hours,
)

router = APIRouter()
for one in (
    policies,
    keys,
    key_coefficients,
    key_previews,
    adoptions,
    days,
    shares,
    explanations,
    point_months,
    plant_months,
    producers,
    sunny_hours,
    coefficients,
    settlements,
    reconciliation,
    simulations,
    purges,
    accesses,
):
    router.include_router(one.router)
router.include_router(audit_router("allocation"))

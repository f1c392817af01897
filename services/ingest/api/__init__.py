"""Ingest's routes: deliveries, what is kept out, load curves, who reads them, what is purged."""

from fastapi import APIRouter

from libs.common.audit_routes import audit_router
from services.ingest.api import (
    accesses,
    completeness,
    deliveries,
    dso_results,
    energies,
    estimation_policies,
    estimations,
    operations,
    points,
    pulls,
    purges,
    quarantine,
    re_requests,
    sequences,
    validation,
)

router = APIRouter()
router.include_router(deliveries.router)
router.include_router(sequences.router)
router.include_router(points.router)
router.include_router(energies.router)
router.include_router(accesses.router)
router.include_router(purges.router)
router.include_router(operations.router)
router.include_router(completeness.router)
router.include_router(estimations.router)
router.include_router(estimation_policies.router)
router.include_router(re_requests.router)
router.include_router(pulls.router)
router.include_router(dso_results.router)
router.include_router(quarantine.router)
router.include_router(validation.router)
router.include_router(audit_router("ingest"))

__all__ = ["router"]

"""Ingest's routes: deliveries, what is held, kept out and flagged, load curves, what they lack."""

from fastapi import APIRouter

from services.ingest.api import (
    completeness,
    deliveries,
    dso_results,
    estimations,
    operations,
    points,
    pulls,
    quarantine,
    re_requests,
    sequences,
    validation,
)

router = APIRouter()
router.include_router(deliveries.router)
router.include_router(sequences.router)
router.include_router(points.router)
router.include_router(operations.router)
router.include_router(completeness.router)
router.include_router(estimations.router)
router.include_router(re_requests.router)
router.include_router(pulls.router)
router.include_router(dso_results.router)
router.include_router(quarantine.router)
router.include_router(validation.router)

__all__ = ["router"]

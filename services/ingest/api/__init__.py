"""Ingest's routes: deliveries and their series, load curves, what they lack, the DSO's results."""

from fastapi import APIRouter

from services.ingest.api import (
    completeness,
    deliveries,
    dso_results,
    estimations,
    operations,
    points,
    re_requests,
    sequences,
)

router = APIRouter()
router.include_router(deliveries.router)
router.include_router(sequences.router)
router.include_router(points.router)
router.include_router(operations.router)
router.include_router(completeness.router)
router.include_router(estimations.router)
router.include_router(re_requests.router)
router.include_router(dso_results.router)

__all__ = ["router"]

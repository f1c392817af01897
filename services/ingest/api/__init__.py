"""Ingest's routes: deliveries, what is held, and load curves."""

from fastapi import APIRouter

from services.ingest.api import deliveries, operations, points

router = APIRouter()
router.include_router(deliveries.router)
router.include_router(points.router)
router.include_router(operations.router)

__all__ = ["router"]

"""Allocation's routes: policies, keys, days, shares, settlements, reconciliation."""

from fastapi import APIRouter

from services.allocation.api import days, keys, policies, reconciliation, settlements, shares

router = APIRouter()
for one in (policies, keys, days, shares, settlements, reconciliation):
    router.include_router(one.router)

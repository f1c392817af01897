"""Allocation's routes: keys, days, shares, settlements."""

from fastapi import APIRouter

from services.allocation.api import days, keys, settlements, shares

router = APIRouter()
for one in (keys, days, shares, settlements):
    router.include_router(one.router)

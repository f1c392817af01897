"""Allocation's routes: policies, keys, days, shares, settlements."""

from fastapi import APIRouter

from services.allocation.api import days, keys, policies, settlements, shares

router = APIRouter()
for one in (policies, keys, days, shares, settlements):
    router.include_router(one.router)

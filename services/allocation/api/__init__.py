"""Allocation's routes: policies, keys, days, shares, coefficients, settlements."""

from fastapi import APIRouter

from services.allocation.api import coefficients, days, keys, policies, settlements, shares

router = APIRouter()
for one in (policies, keys, days, shares, coefficients, settlements):
    router.include_router(one.router)

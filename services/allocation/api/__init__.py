"""Allocation's routes: policies, keys, days, shares, explanations, settlements."""

from fastapi import APIRouter

from services.allocation.api import days, explanations, keys, policies, settlements, shares

router = APIRouter()
for one in (policies, keys, days, shares, explanations, settlements):
    router.include_router(one.router)

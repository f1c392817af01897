"""The routes of the community service."""

from fastapi import APIRouter

from services.community.api import (
    access,
    ballots,
    consents,
    feasibility,
    members,
    messages,
    operations,
    organisers,
    points,
    polls,
    request_form,
    requests,
)

router = APIRouter()
router.include_router(access.router)
router.include_router(organisers.router)
router.include_router(members.router)
router.include_router(consents.router)
router.include_router(points.router)
router.include_router(operations.router)
router.include_router(feasibility.router)
router.include_router(messages.router)
router.include_router(polls.router)
router.include_router(ballots.router)
router.include_router(request_form.router)
router.include_router(requests.router)

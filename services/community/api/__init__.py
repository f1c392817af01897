"""The routes of the community service."""

from fastapi import APIRouter

from services.community.api import (
    access,
    audit,
    ballots,
    consents,
    members,
    messages,
    operations,
    organisers,
    points,
    polls,
    sessions,
    tokens,
)

router = APIRouter()
router.include_router(tokens.router)
router.include_router(sessions.router)
router.include_router(access.router)
router.include_router(audit.router)
router.include_router(organisers.router)
router.include_router(members.router)
router.include_router(consents.router)
router.include_router(points.router)
router.include_router(operations.router)
router.include_router(messages.router)
router.include_router(polls.router)
router.include_router(ballots.router)

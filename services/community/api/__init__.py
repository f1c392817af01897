"""The routes of the community service."""

from fastapi import APIRouter

from services.community.api import (
    access,
    ballots,
    calendars,
    consents,
    gatherings,
    members,
    messages,
    operations,
    organisers,
    points,
    polls,
    records,
    replies,
    series,
)

router = APIRouter()
router.include_router(access.router)
router.include_router(organisers.router)
router.include_router(members.router)
router.include_router(consents.router)
router.include_router(points.router)
router.include_router(operations.router)
router.include_router(messages.router)
router.include_router(polls.router)
router.include_router(ballots.router)
router.include_router(calendars.router)
router.include_router(gatherings.router)
router.include_router(replies.router)
router.include_router(records.router)
router.include_router(series.router)

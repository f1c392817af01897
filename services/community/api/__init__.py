"""The routes of the community service."""

from fastapi import APIRouter

from services.community.api import (
    access,
    ballots,
    consents,
    conventions,
    declarations,
    documents,
    enrolments,
    members,
    messages,
    operations,
    organisers,
    points,
    polls,
)

router = APIRouter()
router.include_router(access.router)
router.include_router(organisers.router)
router.include_router(members.router)
router.include_router(consents.router)
router.include_router(points.router)
router.include_router(operations.router)
router.include_router(conventions.router)
router.include_router(documents.router)
router.include_router(enrolments.router)
router.include_router(declarations.router)
router.include_router(messages.router)
router.include_router(polls.router)
router.include_router(ballots.router)

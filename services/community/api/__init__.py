"""The routes of the community service."""

from fastapi import APIRouter

from libs.common.access_routes import access_router
from libs.common.audit_routes import audit_router
from services.community.api import (
    access,
    ballots,
    browser_session,
    calendars,
    capital,
    challenges,
    consents,
    conventions,
    deadlines,
    declarations,
    documents,
    enrolments,
    erasure,
    feasibility,
    feeds,
    gatherings,
    invitations,
    log_in_links,
    materials,
    me,
    members,
    messages,
    news,
    notifications,
    one_time_codes,
    operations,
    organisers,
    own_data,
    passwords,
    perimeter_files,
    points,
    polls,
    profiles,
    presentations,
    records,
    replies,
    request_form,
    requests,
    series,
    sessions,
    sign_ups,
    tokens,
)

router = APIRouter()
router.include_router(tokens.router)
router.include_router(browser_session.router)
router.include_router(sessions.router)
router.include_router(me.router)
router.include_router(feeds.router)
router.include_router(access.router)
router.include_router(log_in_links.router)
router.include_router(passwords.router)
router.include_router(one_time_codes.router)
router.include_router(invitations.router)
router.include_router(audit_router("community"))
router.include_router(access_router("community"))
router.include_router(organisers.router)
router.include_router(members.router)
router.include_router(profiles.router)
router.include_router(own_data.router)
router.include_router(erasure.router)
router.include_router(capital.router)
router.include_router(consents.router)
router.include_router(points.router)
router.include_router(operations.router)
router.include_router(conventions.router)
router.include_router(presentations.desk)
router.include_router(presentations.public)
router.include_router(documents.router)
router.include_router(enrolments.router)
router.include_router(declarations.router)
router.include_router(perimeter_files.router)
router.include_router(deadlines.router)
router.include_router(feasibility.router)
router.include_router(messages.router)
router.include_router(notifications.router)
router.include_router(news.router)
router.include_router(polls.router)
router.include_router(ballots.router)
router.include_router(challenges.router)
router.include_router(calendars.router)
router.include_router(gatherings.router)
router.include_router(replies.router)
router.include_router(records.router)
router.include_router(materials.router)
router.include_router(series.router)
router.include_router(request_form.router)
router.include_router(requests.router)
router.include_router(sign_ups.form)
router.include_router(sign_ups.desk)

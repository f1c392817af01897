"""Decide what to ask the DSO's APIs: on schedule, for re-requests, and when somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.database import Database, ring_after_commit
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.problems import PeriodInvalid, PullTooLarge
from services.ingest.domain.pulls import PullSource, Question
from services.ingest.domain.pulls.planning import (
    DaySpan,
    curve_questions,
    due_days,
    due_months,
    result_questions,
    whole_months,
)
from services.ingest.domain.re_requests import Flow
from services.ingest.domain.readings.coverage import Participation
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import pulls as store
from services.ingest.store import re_requests as re_request_store
from services.ingest.store.privacy import consents as consent_store
from services.ingest.tables import ReRequestRow

_SCHEDULE, _RE_REQUEST = "schedule", "re-request"
_MOST_QUESTIONS = 10_000
_DEPTH = timedelta(days=745)  # 24 months and 15 days (domain: §2.9)
_REFUSAL_LASTS = timedelta(days=7)
_RE_REQUEST_LEASE = timedelta(hours=1)
_RE_REQUESTS_AT_ONCE = 100
_NOBODY = "The point takes no part on these days: withdraw the re-request."


async def plan_curves(session: AsyncSession, now: datetime) -> None:
    """Plan Data Connect's questions once a day: the new days of every point that takes part.

    Only points whose members consent today, and which the DSO has not refused lately, are included:
    most meters of an operation are not read through Data Connect at all.
    """
    if due_days(await store.find_planned_to(session, PullSource.DATA_CONNECT), now) is None:
        return
    row = await store.lock_source(session, PullSource.DATA_CONNECT)
    period = due_days(row.planned_to, now)
    if period is None:
        return
    participations = await perimeter_store.list_participations_over(session, *period)
    prms = {participation.prm for participation in participations}
    refused = await store.list_refused_points(session, prms, now=now, within=_REFUSAL_LASTS)
    consented = await consent_store.list_collectable(session, prms, day=local_day(now))
    pullable = [
        participation
        for participation in participations
        if participation.prm in consented
        and (participation.prm, participation.direction) not in refused
    ]
    await store.add_jobs(session, curve_questions(pullable, period), asked_by=_SCHEDULE, now=now)
    row.planned_to = period[1]


async def plan_results(session: AsyncSession, now: datetime, *, from_day_of_month: int) -> None:
    """Plan the ACC API's questions once a month: the results of every operation."""
    planned_to = await store.find_planned_to(session, PullSource.ACC)
    if not due_months(planned_to, now, from_day_of_month=from_day_of_month):
        return
    row = await store.lock_source(session, PullSource.ACC)
    months = due_months(row.planned_to, now, from_day_of_month=from_day_of_month)
    if not months:
        return
    period = months[0].first_day, months[-1].next_first_day
    participations = await perimeter_store.list_participations_over(session, *period)
    questions = [
        question
        for operation_id in sorted({participation.operation_id for participation in participations})
        for question in result_questions(operation_id, participations, months)
    ]
    await store.add_jobs(session, questions, asked_by=_SCHEDULE, now=now)
    row.planned_to = period[1]


async def take_re_requests(database: Database, now: datetime) -> None:
    """Ask Data Connect for late readings.

    The outcome of a re-request is recorded once all of its questions are answered.
    """
    async with database.transaction() as session:
        due_re_requests = await re_request_store.take_due(
            session,
            [Flow.DATA_CONNECT],
            now=now,
            lease=_RE_REQUEST_LEASE,
            limit=_RE_REQUESTS_AT_ONCE,
        )
    # One transaction each: recording an answer locks the question before its re-request.
    for re_request in due_re_requests:
        async with database.transaction() as session:
            await _ask_again(session, re_request, now)


async def _ask_again(session: AsyncSession, re_request: ReRequestRow, now: datetime) -> None:
    if await store.is_waiting_for(session, re_request.id):
        return  # its lease is over, but a question still waits: do not repeat the answered ones
    participations = [
        participation
        for participation in await perimeter_store.list_participations(session, [re_request.prm])
        if participation.direction == Direction(re_request.direction)
    ]
    questions = curve_questions(participations, (re_request.from_day, re_request.to_day))
    if questions:
        await store.add_jobs(
            session, questions, asked_by=_RE_REQUEST, now=now, re_request_id=re_request.id
        )
    else:
        await re_request_store.note_attempt(
            session, re_request.operation_id, re_request.id, at=now, problem=_NOBODY
        )


@dataclass(frozen=True)
class Wanted:
    """A request to pull: points or an operation, over ``[from_day, to_day)``.

    provisional: the ACC API's provisional results instead of the definitive ones.
    """

    source: PullSource
    operation_id: OperationId | None
    prms: Sequence[Prm]
    period: DaySpan
    provisional: bool = False


@dataclass(frozen=True)
class Planned:
    """The number of calls added and already waiting, and the points that may not be pulled."""

    added: int
    waited_already: int
    without_participation: Sequence[Prm]


async def ask_for(
    session: AsyncSession, request: Wanted, *, asked_by: str, now: datetime
) -> Planned:
    """Add the calls that answer a request. Raises OperationUnknown, PeriodInvalid, PullTooLarge."""
    _check_period(request, local_day(now))
    if request.operation_id is None:
        participations = await perimeter_store.list_participations(session, request.prms)
    else:
        await perimeter_store.check_known(session, request.operation_id)
        participations = await perimeter_store.list_participations_in(session, request.operation_id)
    questions = _questions(request, participations)
    if len(questions) > _MOST_QUESTIONS:
        raise PullTooLarge(
            f"It takes {len(questions)} calls; at most {_MOST_QUESTIONS} are allowed at once: "
            "ask for fewer days or points."
        )
    added_count = await store.add_jobs(session, questions, asked_by=asked_by, now=now)
    ring_after_commit(session)
    planned_prms = {question.prm for question in questions}
    absent = sorted(set(request.prms) - planned_prms)
    return Planned(added_count, len(questions) - added_count, absent)


def _questions(request: Wanted, participations: Sequence[Participation]) -> list[Question]:
    if request.source == PullSource.DATA_CONNECT:
        return curve_questions(participations, request.period)
    assert request.operation_id is not None
    months = whole_months(request.period)
    if months is None:
        raise PeriodInvalid(
            "The ACC API has whole months: from the first day of one to the first of another."
        )
    return result_questions(
        request.operation_id, participations, months, provisional=request.provisional
    )


def _check_period(request: Wanted, today: date) -> None:
    from_day, to_day = request.period
    if to_day > today:
        raise PeriodInvalid(f"The DSO only has days that are over: to_day is at most {today}.")
    if from_day < today - _DEPTH:
        raise PeriodInvalid(
            f"The DSO's data go back 24 months and 15 days: from_day is at least {today - _DEPTH}."
        )

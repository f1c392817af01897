"""Decide what the DSO's APIs are asked: by the calendar, for re-requests, and when told to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.database import Database, ring_after_commit
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.coverage import Participation
from services.ingest.domain.problems import PeriodInvalid, PullTooLarge
from services.ingest.domain.pulls import PullSource, Question
from services.ingest.domain.pulls.planning import (
    Period,
    curve_questions,
    due_days,
    due_months,
    result_questions,
    whole_months,
)
from services.ingest.domain.re_requests import Flow
from services.ingest.store import consents as consent_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import pulls as store
from services.ingest.store import re_requests as re_request_store
from services.ingest.tables import ReRequestRow

_SCHEDULE, _RE_REQUEST = "schedule", "re-request"
_MOST_QUESTIONS = 10_000
_DEPTH = timedelta(days=745)  # 24 months and 15 days (domain: §2.9)
_REFUSAL_LASTS = timedelta(days=7)
_RE_REQUEST_LEASE = timedelta(hours=1)
_RE_REQUESTS_AT_ONCE = 100
_NOBODY = "The point takes no part on these days: withdraw the re-request."


async def plan_curves(session: AsyncSession, now: datetime) -> None:
    """Data Connect, once a day: the days that are new of every point, as far as it takes part.

    Only of points whose members consent to it today, and not of those that the DSO lately refused
    to tell us of: most meters of an operation are not read through Data Connect at all.
    """
    if due_days(await store.find_planned_to(session, PullSource.DATA_CONNECT), now) is None:
        return
    row = await store.lock_source(session, PullSource.DATA_CONNECT)
    period = due_days(row.planned_to, now)
    if period is None:
        return
    participations = await perimeter_store.list_participations_over(session, *period)
    prms = {one.prm for one in participations}
    refused = await store.list_refused_points(session, prms, now=now, within=_REFUSAL_LASTS)
    consented = await consent_store.list_collectable(session, prms, day=local_day(now))
    told = [
        one
        for one in participations
        if one.prm in consented and (one.prm, one.direction) not in refused
    ]
    await store.add_jobs(session, curve_questions(told, period), asked_by=_SCHEDULE, now=now)
    row.planned_to = period[1]


async def plan_results(session: AsyncSession, now: datetime, *, from_day_of_month: int) -> None:
    """The ACC API, once a month: the results of every operation."""
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
        for operation_id in sorted({one.operation_id for one in participations})
        for question in result_questions(operation_id, participations, months)
    ]
    await store.add_jobs(session, questions, asked_by=_SCHEDULE, now=now)
    row.planned_to = period[1]


async def take_re_requests(database: Database, now: datetime) -> None:
    """Ask Data Connect for what is late; each is noted once all of its questions are answered."""
    async with database.transaction() as session:
        due = await re_request_store.take_due(
            session,
            [Flow.DATA_CONNECT],
            now=now,
            lease=_RE_REQUEST_LEASE,
            limit=_RE_REQUESTS_AT_ONCE,
        )
    # Apart: whoever notes an answer locks the question before its re-request.
    for one in due:
        async with database.transaction() as session:
            await _ask_again(session, one, now)


async def _ask_again(session: AsyncSession, one: ReRequestRow, now: datetime) -> None:
    if await store.is_waiting_for(session, one.id):
        return  # its lease is over, but one of its questions waits: those answered are not repeated
    participations = [
        part
        for part in await perimeter_store.list_participations(session, [one.prm])
        if part.direction == Direction(one.direction)
    ]
    questions = curve_questions(participations, (one.from_day, one.to_day))
    if questions:
        await store.add_jobs(
            session, questions, asked_by=_RE_REQUEST, now=now, re_request_id=one.id
        )
    else:
        await re_request_store.note_attempt(
            session, one.operation_id, one.id, at=now, problem=_NOBODY
        )


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to be pulled: some points or an operation, over ``[from_day, to_day)``.

    provisional: of the ACC API, instead of what is definitive.
    """

    source: PullSource
    operation_id: OperationId | None
    prms: Sequence[Prm]
    period: Period
    provisional: bool = False


@dataclass(frozen=True)
class Planned:
    """How many calls were added, how many waited already, and points that may not be asked of."""

    added: int
    waited_already: int
    without_participation: Sequence[Prm]


async def ask_for(
    session: AsyncSession, wanted: Wanted, *, asked_by: str, now: datetime
) -> Planned:
    """Raises OperationUnknown, PeriodInvalid, PullTooLarge."""
    _check_period(wanted, local_day(now))
    if wanted.operation_id is None:
        participations = await perimeter_store.list_participations(session, wanted.prms)
    else:
        await perimeter_store.check_known(session, wanted.operation_id)
        participations = await perimeter_store.list_participations_in(session, wanted.operation_id)
    questions = _questions(wanted, participations)
    if len(questions) > _MOST_QUESTIONS:
        raise PullTooLarge(
            f"It takes {len(questions)} calls, {_MOST_QUESTIONS} are the most at once: ask for "
            "fewer days or points."
        )
    added = await store.add_jobs(session, questions, asked_by=asked_by, now=now)
    ring_after_commit(session)
    asked = {one.prm for one in questions}
    absent = sorted(set(wanted.prms) - asked)
    return Planned(added, len(questions) - added, absent)


def _questions(wanted: Wanted, participations: Sequence[Participation]) -> list[Question]:
    if wanted.source == PullSource.DATA_CONNECT:
        return curve_questions(participations, wanted.period)
    assert wanted.operation_id is not None
    months = whole_months(wanted.period)
    if months is None:
        raise PeriodInvalid(
            "The ACC API tells whole months: from the first day of one to the first of another."
        )
    return result_questions(
        wanted.operation_id, participations, months, provisional=wanted.provisional
    )


def _check_period(wanted: Wanted, today: date) -> None:
    from_day, to_day = wanted.period
    if to_day > today:
        raise PeriodInvalid(f"The DSO knows days that are over: to_day is at most {today}.")
    if from_day < today - _DEPTH:
        raise PeriodInvalid(
            f"The DSO goes back 24 months and 15 days: from_day is at least {today - _DEPTH}."
        )

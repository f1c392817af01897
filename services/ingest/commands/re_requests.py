"""Ask again for missing readings, and stop asking once they have come."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

import polars as pl
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, local_day
from libs.common.clock import now_in, today_in
from libs.common.database import ring_after_commit
from libs.common.ids import Direction, OperationId, Prm
from libs.common.rounds.attempts import attempt
from services.ingest.commands.completeness.completeness import count, measure_month
from services.ingest.domain.completeness.completeness import DAYS, DEFAULT_STEP_MIN
from services.ingest.domain.re_requests import (
    ENDED_IN_VAIN,
    Flow,
    MissingDays,
    ReRequestStatus,
    choose_flow,
    late_months,
    list_lacks,
)
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import re_requests as store
from services.ingest.tables import ReRequestRow

_BY_ITSELF = "schedule"
"""Stands for a person who asked, where none did."""

_log = structlog.get_logger(__name__)


async def list_missing(
    session: AsyncSession, operation_id: OperationId, month: Month, *, grace_days: int
) -> list[MissingDays]:
    """Return what is late, whether it was asked for again or not. Raises OperationUnknown."""
    today = today_in(session)
    counts, formats = await _measure(session, operation_id, month, today=today)
    return list_lacks(counts, formats, today=today, grace_days=grace_days)


async def ask_again_in_next(session: AsyncSession, *, now: datetime, grace_days: int) -> bool:
    """Ask again for what is late in one operation that has not had its turn today.

    An operation on which our code fails is left for tomorrow. Returns whether there may be another.
    """
    today = local_day(now)
    operation_id = await perimeter_store.find_to_ask_again(session, today)
    if operation_id is None:
        return False
    async with attempt(session) as asking:
        await _ask_again_by_itself(session, operation_id, now=now, grace_days=grace_days)
    if asking.error is not None:
        # Otherwise it would come first for ever, and no other operation would have its turn.
        _log.error("what is late not asked for", operation_id=operation_id, exc_info=asking.error)
    await perimeter_store.note_asked_again(session, operation_id, today)
    return True


async def _ask_again_by_itself(
    session: AsyncSession, operation_id: OperationId, *, now: datetime, grace_days: int
) -> None:
    """Ask again for what is late in two months: earlier months had their turn in their time.

    What was withdrawn or given up is left to people.
    """
    for month in late_months(local_day(now), grace_days=grace_days):
        await ask_again(
            session,
            operation_id,
            month,
            grace_days=grace_days,
            asked_by=_BY_ITSELF,
            now=now,
            unless_ended_in=ENDED_IN_VAIN,
        )
    # Readings recorded while their re-request was being made have not closed it.
    await resolve_filled(session, await store.list_waiting_points(session, operation_id))


async def ask_again(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    *,
    grace_days: int,
    asked_by: str,
    now: datetime,
    unless_ended_in: Collection[ReRequestStatus] = (),
    only: pl.DataFrame | None = None,
) -> None:
    """Create re-requests for what is missing; a day whose re-request is pending gets no second one.

    Pending re-requests move to the flow that fits their present age. unless_ended_in: days whose
    re-requests ended in one of these states are left out too. only: prm, direction, day; None: all.
    Raises OperationUnknown.
    """
    await store.lock(session, operation_id)
    today = local_day(now)
    counts, formats = await _measure(session, operation_id, month, today=today)
    re_requests = await store.list_in(
        session, operation_id, from_day=month.first_day, to_day=month.next_first_day
    )
    waiting = [re_request for re_request in re_requests if re_request.closed_at is None]
    for re_request in waiting:
        # A daily flow no longer brings what has become too old for it.
        last_format = formats.get((re_request.prm, Direction(re_request.direction)), "")
        re_request.flow = choose_flow(last_format, re_request.from_day, today=today)
    left_alone = waiting + [
        re_request for re_request in re_requests if re_request.status in unless_ended_in
    ]
    asked_before = pl.concat([pl.DataFrame(schema=DAYS), *map(_days, left_alone)])
    remaining = counts.join(asked_before, on=["prm", "direction", "day"], how="anti")
    if only is not None:
        remaining = remaining.join(only, on=["prm", "direction", "day"], how="semi")
    lacks = list_lacks(remaining, formats, today=today, grace_days=grace_days)
    new_lacks = [lack for lack in lacks if lack.flow != Flow.NONE]
    await store.add_re_requests(session, operation_id, new_lacks, asked_by=asked_by, now=now)
    if waiting or new_lacks:
        ring_after_commit(session)  # for the workers that pull from the DSO


async def _measure(
    session: AsyncSession, operation_id: OperationId, month: Month, *, today: date
) -> tuple[pl.DataFrame, Mapping[tuple[Prm, Direction], str]]:
    """Return schema COMPLETENESS, and the last format of each point that lacks something."""
    counts = (await measure_month(session, operation_id, month, today=today)).counts
    points = counts.filter(pl.col("expected") > pl.col("received")).select("prm", "direction")
    formats = await store.map_last_formats(
        session, [(Prm(prm), Direction(direction)) for prm, direction in points.unique().rows()]
    )
    return counts, formats


async def resolve_filled(session: AsyncSession, prms: Collection[Prm]) -> None:
    """Close the re-requests of these points that the readings just recorded complete."""
    waiting = await store.list_waiting(session, prms)
    if not waiting:
        return
    days_by_id = [(re_request.id, _days(re_request)) for re_request in waiting]
    counts = await count(session, pl.concat([days for _, days in days_by_id]).unique())
    lacking_days = counts.filter(
        pl.col("received") + pl.col("estimated_by_dso") < pl.col("expected")
    )
    key = ["prm", "direction", "day"]
    filled = [
        id_ for id_, days in days_by_id if days.join(lacking_days, on=key, how="semi").is_empty()
    ]
    await store.resolve(session, filled)


def _days(re_request: ReRequestRow) -> pl.DataFrame:
    """Schema DAYS. The step makes no difference to whether a day is complete."""
    days = pl.date_range(re_request.from_day, re_request.to_day, closed="left", eager=True)
    return pl.DataFrame(
        {
            "prm": re_request.prm,
            "direction": re_request.direction,
            "day": days,
            "member_id": "",
            "step_min": DEFAULT_STEP_MIN,
        },
        schema=DAYS,
    )


async def note_asked_by_hand(
    session: AsyncSession, operation_id: OperationId, re_request_id: UUID
) -> ReRequestRow:
    """Note that somebody asked the DSO on its portal. Raises ReRequestUnknown."""
    now = now_in(session)
    return await store.note_attempt(session, operation_id, re_request_id, at=now, problem=None)


async def withdraw_re_request(
    session: AsyncSession, operation_id: OperationId, re_request_id: UUID
) -> ReRequestRow:
    """Withdraw a re-request: nothing asks for it any more. Raises ReRequestUnknown."""
    re_request = await store.get_for_update(session, operation_id, re_request_id)
    store.withdraw(re_request, at=now_in(session))
    return re_request

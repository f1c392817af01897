"""Ask for what is missing again, and stop asking once it has come."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

import polars as pl
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, local_day
from libs.common.clock import now_in, today_in
from libs.common.database import ring_after_commit
from libs.common.faults import is_fault
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.commands.completeness import count, measure_month
from services.ingest.domain.completeness import DAYS, DEFAULT_STEP_MIN
from services.ingest.domain.re_requests import (
    ENDED_IN_VAIN,
    Flow,
    Lack,
    ReRequestStatus,
    choose_flow,
    late_months,
    list_lacks,
)
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import re_requests as store
from services.ingest.tables import ReRequestRow

_BY_ITSELF = "schedule"
"""Who asked, when nobody did."""

_log = structlog.get_logger(__name__)


async def list_missing(
    session: AsyncSession, operation_id: OperationId, month: Month, *, grace_days: int
) -> list[Lack]:
    """What is late, whether it was asked for again or not. Raises OperationUnknown."""
    today = today_in(session)
    counts, formats = await _measure(session, operation_id, month, today=today)
    return list_lacks(counts, formats, today=today, grace_days=grace_days)


async def ask_again_in_next(session: AsyncSession, *, now: datetime, grace_days: int) -> bool:
    """Ask again for what is late in an operation in which that was not done today.

    One on which our code stumbles is left for tomorrow. Returns whether there may be another.
    """
    today = local_day(now)
    operation_id = await perimeter_store.find_to_ask_again(session, today)
    if operation_id is None:
        return False
    try:
        async with session.begin_nested():
            await _ask_again_by_itself(session, operation_id, now=now, grace_days=grace_days)
    except Exception as error:
        if is_fault(error):
            raise
        # It would be the next one for ever, and no other would be asked for.
        _log.exception("what is late not asked for", operation_id=operation_id)
    await perimeter_store.note_asked_again(session, operation_id, today)
    return True


async def _ask_again_by_itself(
    session: AsyncSession, operation_id: OperationId, *, now: datetime, grace_days: int
) -> None:
    """Of two months, as those before were looked at in their time.

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
    # Readings that were recorded while their re-request was made have not seen it.
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
) -> None:
    """Have what is missing asked for again; a day that is waited for is not asked for twice.

    Those that wait take the flow of their present age. unless_ended_in: days whose re-requests
    ended so are not asked for either. Raises OperationUnknown.
    """
    await store.lock(session, operation_id)
    today = local_day(now)
    counts, formats = await _measure(session, operation_id, month, today=today)
    known = await store.list_in(
        session, operation_id, from_day=month.first_day, to_day=month.next_first_day
    )
    waiting = [one for one in known if one.closed_at is None]
    for one in waiting:
        # A daily flow no longer brings what has become too old for it.
        last_format = formats.get((one.prm, Direction(one.direction)), "")
        one.flow = choose_flow(last_format, one.from_day, today=today)
    left_alone = waiting + [one for one in known if one.status in unless_ended_in]
    asked_before = pl.concat([pl.DataFrame(schema=DAYS), *map(_days, left_alone)])
    others = counts.join(asked_before, on=["prm", "direction", "day"], how="anti")
    lacks = list_lacks(others, formats, today=today, grace_days=grace_days)
    new = [lack for lack in lacks if lack.flow != Flow.NONE]
    await store.add_re_requests(session, operation_id, new, asked_by=asked_by, now=now)
    if waiting or new:
        ring_after_commit(session)  # of whoever pulls from the DSO


async def _measure(
    session: AsyncSession, operation_id: OperationId, month: Month, *, today: date
) -> tuple[pl.DataFrame, Mapping[tuple[Prm, Direction], str]]:
    """Schema COMPLETENESS, and the last format of each point that lacks something."""
    counts = (await measure_month(session, operation_id, month, today=today)).counts
    points = counts.filter(pl.col("expected") > pl.col("received")).select("prm", "direction")
    formats = await store.map_last_formats(
        session, [(Prm(prm), Direction(direction)) for prm, direction in points.unique().rows()]
    )
    return counts, formats


async def resolve_filled(session: AsyncSession, prms: Collection[Prm]) -> None:
    """Readings of these points have come: close the re-requests of which every day is there."""
    waiting = await store.list_waiting(session, prms)
    if not waiting:
        return
    asked = [(one.id, _days(one)) for one in waiting]
    counts = await count(session, pl.concat([days for _, days in asked]).unique())
    lacking = counts.filter(pl.col("received") + pl.col("estimated_by_dso") < pl.col("expected"))
    key = ["prm", "direction", "day"]
    filled = [id_ for id_, days in asked if days.join(lacking, on=key, how="semi").is_empty()]
    await store.resolve(session, filled)


def _days(re_request: ReRequestRow) -> pl.DataFrame:
    """Schema DAYS; the step to count in changes nothing of a day that is whole."""
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
    """Somebody asked the DSO on its portal. Raises ReRequestUnknown."""
    now = now_in(session)
    return await store.note_attempt(session, operation_id, re_request_id, at=now, problem=None)


async def withdraw_re_request(
    session: AsyncSession, operation_id: OperationId, re_request_id: UUID
) -> ReRequestRow:
    """Stop asking. Raises ReRequestUnknown."""
    re_request = await store.get_for_update(session, operation_id, re_request_id)
    store.withdraw(re_request, at=now_in(session))
    return re_request

"""Make a series of gatherings, and announce them together."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.commands.gatherings.gatherings import announce
from services.community.commands.gatherings.notices import notify_audience
from services.community.domain.gatherings.gathering import Gathering, GatheringState
from services.community.domain.gatherings.problems import GatheringElsewhere, SeriesMade
from services.community.domain.gatherings.recurrence import RecurrenceRule, occurrences
from services.community.domain.messages.messages import MessageKind
from services.community.store.gatherings import gatherings
from services.community.store.gatherings import series as all_series
from services.community.tables import GatheringRow, GatheringSeriesRow


async def make_series(
    session: AsyncSession,
    series_id: UUID,
    first: Gathering,
    rule: RecurrenceRule,
    *,
    asked_for: Mapping[str, Any],
    by: str,
) -> Sequence[GatheringRow]:
    """Draft the gatherings of a series; repeating it in the same words changes nothing.

    Their operation and facilitators exist. Raises SeriesUnfit, SeriesMade, GatheringElsewhere.
    """
    recorded = await all_series.lock_series(session, series_id)
    if recorded is not None:
        if recorded.asked_for != asked_for:
            raise SeriesMade
        return await all_series.list_gatherings_of_series(session, series_id)
    now = now_in(session)
    series_row = GatheringSeriesRow(
        id=series_id,
        operation_id=first.operation_id,
        asked_for=dict(asked_for),
        made_at=now,
        made_by=by,
    )
    await all_series.add_series(session, series_row)
    for gathering in occurrences(first, rule, series_id=series_id):
        row = await gatherings.add_or_lock_gathering(session, gathering, at=now, by=by)
        if row.operation_id != first.operation_id or row.series_id is not None:
            raise GatheringElsewhere
        row.series_id = series_id
    await session.flush()
    return await all_series.list_gatherings_of_series(session, series_id)


async def announce_series(
    session: AsyncSession, series_id: UUID, *, by: str
) -> Sequence[GatheringRow]:
    """Announce those of its drafts still to come, with one message for all of them."""
    drafts = await all_series.list_gatherings_of_series(
        session, series_id, only=GatheringState.DRAFT
    )
    now = now_in(session)
    first: GatheringRow | None = None
    for row in drafts:
        await gatherings.lock_gathering(session, row)
        if row.state == GatheringState.DRAFT and row.starts_at > now:
            await announce(session, row, at=now, by=by)
            first = first or row
    if first is not None:
        await notify_audience(session, first, MessageKind.GATHERING_SERIES)
    return await all_series.list_gatherings_of_series(session, series_id)

"""Draft, announce, change and call off gatherings, and list them for calendars."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.scopes import Scope
from services.community.commands.gatherings.notices import notify_audience
from services.community.commands.gatherings.replies import seat_waiting
from services.community.domain.calendars import CalendarEntry
from services.community.domain.gatherings.gathering import Gathering, GatheringPhase, GatheringState
from services.community.domain.gatherings.problems import (
    CapacityTaken,
    GatheringElsewhere,
    GatheringNotADraft,
    GatheringNotAnnounced,
    GatheringOver,
    GatheringUnfit,
)
from services.community.domain.messages.messages import Language, MessageKind
from services.community.store.gatherings import gatherings
from services.community.tables import GatheringRow

_NOTIFIED_FIELDS = ("title", "starts_at", "ends_at", "place", "url")


async def record_gathering(session: AsyncSession, gathering: Gathering, *, by: str) -> GatheringRow:
    """Write or rewrite a draft, or change an announced gathering; repeating it changes nothing.

    The route has checked that its operation and facilitators exist.
    Raises GatheringElsewhere, GatheringUnfit, GatheringOver, CapacityTaken.
    """
    now = now_in(session)
    row = await gatherings.add_or_lock_gathering(session, gathering, at=now, by=by)
    if row.operation_id != gathering.operation_id:
        raise GatheringElsewhere
    if gatherings.to_gathering(row) == gathering:
        return row
    if row.state == GatheringState.DRAFT:
        gatherings.set_content(row, gathering, at=now, by=by)
        await session.flush()
    else:
        _check_change(row, gathering, now)
        await _change(session, row, gathering, at=now, by=by)
    return row


async def _change(
    session: AsyncSession, row: GatheringRow, gathering: Gathering, *, at: datetime, by: str
) -> None:
    """Change it, and notify the audience of changes they must know about to be there."""
    is_notified = any(getattr(row, name) != getattr(gathering, name) for name in _NOTIFIED_FIELDS)
    row.revision += 1
    gatherings.set_content(row, gathering, at=at, by=by)
    await session.flush()
    ring_after_commit(session)  # its reminder may be due at another time
    if is_notified:
        await notify_audience(session, row, MessageKind.GATHERING_CHANGE)
    await seat_waiting(session, row)


def _check_change(row: GatheringRow, gathering: Gathering, now: datetime) -> None:
    """Raises GatheringOver, GatheringUnfit, CapacityTaken."""
    _check_not_over(row, now)
    if gathering.audience != row.audience:
        raise GatheringUnfit("It was announced to others: the audience stays.")
    if gathering.starts_at != row.starts_at and gathering.starts_at <= now:
        raise GatheringUnfit("starts_at has passed: choose a later one.")
    if gathering.capacity is not None and gathering.capacity < row.seats_taken:
        raise CapacityTaken(
            f"{row.seats_taken} seats are taken: keep so many, or ask some to leave first.",
            seats_taken=row.seats_taken,
        )


def _check_not_over(row: GatheringRow, now: datetime) -> None:
    phase = gatherings.to_gathering(row).phase(GatheringState(row.state), now)
    if phase in {GatheringPhase.HELD, GatheringPhase.CANCELLED}:
        raise GatheringOver(f"The gathering was {phase}.", state=phase)


async def announce_gathering(session: AsyncSession, row: GatheringRow, *, by: str) -> None:
    """Show it to its audience, who may reply from now on; repeating it changes nothing.

    row: locked. Raises GatheringOver, GatheringUnfit.
    """
    if row.state == GatheringState.ANNOUNCED:
        return
    now = now_in(session)
    _check_not_over(row, now)
    if row.starts_at <= now:
        raise GatheringUnfit("starts_at has passed: choose a later one.")
    await announce(session, row, at=now, by=by)
    await notify_audience(session, row, MessageKind.GATHERING_INVITATION)


async def announce(session: AsyncSession, row: GatheringRow, *, at: datetime, by: str) -> None:
    """Announce the draft, which the caller has locked; this notifies nobody."""
    row.state, row.announced_at = GatheringState.ANNOUNCED, at
    row.changed_at, row.changed_by = at, by
    if row.remind_at is not None and row.remind_at <= at:
        row.remind_at = None  # the invitation reminds them
    await session.flush()
    ring_after_commit(session)


async def call_off_gathering(
    session: AsyncSession, row: GatheringRow, *, reason: str, by: str
) -> None:
    """Call it off and notify its audience; repeating it changes nothing.

    row: locked. Raises GatheringOver, GatheringNotAnnounced.
    """
    if row.state == GatheringState.CANCELLED:
        return
    now = now_in(session)
    if row.state == GatheringState.DRAFT:
        raise GatheringNotAnnounced("The gathering is a draft: delete it.", state=row.state)
    _check_not_over(row, now)
    row.state, row.cancelled_at, row.cancelled_reason = GatheringState.CANCELLED, now, reason
    row.revision += 1
    row.changed_at, row.changed_by = now, by
    await session.flush()
    await notify_audience(session, row, MessageKind.GATHERING_CANCELLATION)


async def delete_draft(session: AsyncSession, row: GatheringRow) -> None:
    """row: locked. Raises GatheringNotADraft."""
    if row.state != GatheringState.DRAFT:
        raise GatheringNotADraft(
            f"It is {row.state}: an announced gathering stays.", state=row.state
        )
    await gatherings.delete_gathering(session, row)


async def list_gathering_entries(
    session: AsyncSession, scope: Scope, *, language: Language, since: datetime
) -> list[CalendarEntry]:
    """Return entries for all in the scope that people are invited to, without drafts."""
    rows = await gatherings.list_announced(session, scope, since=since)
    return [gatherings.to_entry(row, language) for row in rows]

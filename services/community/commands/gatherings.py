"""Draft, announce, change and call off gatherings, and what calendars have of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.principals import Principal
from services.community import access, store
from services.community.commands.gathering_notices import tell_audience
from services.community.commands.replies import seat_those_who_wait
from services.community.domain.calendars import CalendarEntry
from services.community.domain.gatherings.gathering import Gathering, GatheringPhase, State
from services.community.domain.gatherings.problems import (
    CapacityTaken,
    GatheringElsewhere,
    GatheringNotADraft,
    GatheringNotAnnounced,
    GatheringOver,
    GatheringUnfit,
)
from services.community.domain.messages import Language, MessageKind
from services.community.store import gatherings
from services.community.tables import GatheringRow

_TOLD = ("title", "starts_at", "ends_at", "place", "url")


async def record_gathering(
    session: AsyncSession, caller: Principal, gathering: Gathering
) -> GatheringRow:
    """Write a draft, or write it anew, or change what was announced; the same again is nothing.

    Raises Forbidden, OperationUnknown, MemberUnknown, GatheringElsewhere, GatheringUnfit,
    GatheringOver, CapacityTaken.
    """
    access.check_may_run_gathering(caller, gathering.operation_id)
    if gathering.operation_id is not None:
        await store.get_operation(session, gathering.operation_id)
    leading = await gatherings.list_facilitators(session, gathering.id)
    named = [one for one in gathering.facilitator_ids if one not in leading]
    await access.check_facilitators(session, caller, gathering.operation_id, named)
    now = now_in(session)
    row = await gatherings.add_or_lock_gathering(session, gathering, at=now, by=caller.subject)
    if row.operation_id != gathering.operation_id:
        raise GatheringElsewhere(GatheringElsewhere.example_detail)
    if gatherings.to_gathering(row) == gathering:
        return row
    if row.state == State.DRAFT:
        gatherings.set_content(row, gathering, at=now, by=caller.subject)
        await session.flush()
    else:
        _check_change(row, gathering, now)
        await _change(session, row, gathering, at=now, by=caller.subject)
    return row


async def _change(
    session: AsyncSession, row: GatheringRow, changed: Gathering, *, at: datetime, by: str
) -> None:
    """Tells the audience if it is about what they have to know to be there."""
    is_told = any(getattr(row, name) != getattr(changed, name) for name in _TOLD)
    row.revision += 1
    gatherings.set_content(row, changed, at=at, by=by)
    await session.flush()
    ring_after_commit(session)  # its reminder may be due at another time
    if is_told:
        await tell_audience(session, row, MessageKind.GATHERING_CHANGE)
    await seat_those_who_wait(session, row)


def _check_change(row: GatheringRow, changed: Gathering, now: datetime) -> None:
    """Whether what was announced can become this."""
    _check_not_over(row, now)
    if changed.audience != row.audience:
        raise GatheringUnfit("It was announced to others: the audience stays.")
    if changed.starts_at != row.starts_at and changed.starts_at <= now:
        raise GatheringUnfit("starts_at has passed: choose a later one.")
    if changed.capacity is not None and changed.capacity < row.seats_taken:
        raise CapacityTaken(
            f"{row.seats_taken} seats are taken: keep so many, or ask some to leave first.",
            seats_taken=row.seats_taken,
        )


def _check_not_over(row: GatheringRow, now: datetime) -> None:
    phase = gatherings.to_gathering(row).phase(State(row.state), now)
    if phase in {GatheringPhase.HELD, GatheringPhase.CANCELLED}:
        raise GatheringOver(f"The gathering was {phase}.", state=phase)


async def announce_gathering(
    session: AsyncSession, caller: Principal, gathering_id: UUID
) -> GatheringRow:
    """Show it to its audience, who may reply from now on; again, nothing happens.

    Raises GatheringUnknown, Forbidden, GatheringOver, GatheringUnfit.
    """
    row = await _lock(session, caller, gathering_id)
    if row.state == State.ANNOUNCED:
        return row
    now = now_in(session)
    _check_not_over(row, now)
    if row.starts_at <= now:
        raise GatheringUnfit("starts_at has passed: choose a later one.")
    await announce(session, row, at=now, by=caller.subject)
    await tell_audience(session, row, MessageKind.GATHERING_INVITATION)
    return row


async def announce(session: AsyncSession, row: GatheringRow, *, at: datetime, by: str) -> None:
    """The draft, of which the caller holds the lock; nobody is told yet."""
    row.state, row.announced_at = State.ANNOUNCED, at
    row.changed_at, row.changed_by = at, by
    if row.remind_at is not None and row.remind_at <= at:
        row.remind_at = None  # the invitation reminds them
    await session.flush()
    ring_after_commit(session)


async def call_off_gathering(
    session: AsyncSession, caller: Principal, gathering_id: UUID, *, reason: str
) -> GatheringRow:
    """Tell its audience that it will not be; again, nothing happens.

    Raises GatheringUnknown, Forbidden, GatheringOver, GatheringNotAnnounced.
    """
    row = await _lock(session, caller, gathering_id)
    if row.state == State.CANCELLED:
        return row
    now = now_in(session)
    if row.state == State.DRAFT:
        raise GatheringNotAnnounced("The gathering is a draft: delete it.", state=row.state)
    _check_not_over(row, now)
    row.state, row.cancelled_at, row.cancelled_reason = State.CANCELLED, now, reason
    row.revision += 1
    row.changed_at, row.changed_by = now, caller.subject
    await session.flush()
    await tell_audience(session, row, MessageKind.GATHERING_CANCELLATION)
    return row


async def delete_draft(session: AsyncSession, caller: Principal, gathering_id: UUID) -> None:
    """Raises GatheringUnknown, Forbidden, GatheringNotADraft."""
    row = await _lock(session, caller, gathering_id)
    if row.state != State.DRAFT:
        raise GatheringNotADraft(f"It is {row.state}: what was announced stays.", state=row.state)
    await gatherings.delete_gathering(session, row)


async def _lock(session: AsyncSession, caller: Principal, gathering_id: UUID) -> GatheringRow:
    """Raises GatheringUnknown, Forbidden."""
    viewer = access.viewer_of_gatherings(caller)
    row = await gatherings.get_gathering(session, gathering_id, viewer)
    access.check_may_run_gathering(caller, row.operation_id)
    await gatherings.lock_gathering(session, row)
    return row


async def list_gathering_entries(
    session: AsyncSession, caller: Principal, *, language: Language, since: datetime
) -> list[CalendarEntry]:
    """All that the caller is invited to or runs, but for drafts."""
    viewer = access.viewer_of_gatherings(caller)
    rows = await gatherings.list_announced(session, viewer, since=since)
    return [gatherings.to_entry(row, language) for row in rows]

"""Note attendance at a gathering, write its minutes and publish them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import day_start
from libs.common.clock import now_in
from services.community.commands.gatherings.notices import notify_audience
from services.community.domain.gatherings.gathering import GatheringState
from services.community.domain.gatherings.minutes import Minutes
from services.community.domain.gatherings.problems import (
    GatheringNotBegun,
    GatheringOver,
    MinutesOutdated,
    MinutesPublished,
    NotInvited,
)
from services.community.domain.messages.messages import MessageKind
from services.community.store.gatherings import attendance, gatherings
from services.community.store.gatherings import minutes as store
from services.community.tables import (
    GatheringAttendanceRow,
    GatheringMinutesRow,
    GatheringRow,
)


async def note_attendance(
    session: AsyncSession, row: GatheringRow, member_id: UUID, *, guests: int, by: str
) -> None:
    """Note, from the morning of its day on, that the member is there, with so many guests.

    row: locked. Raises GatheringNotBegun, GatheringOver, NotInvited.
    """
    now = now_in(session)
    _check_begun(row, day_start(row.day), now)
    if not await gatherings.is_invited(session, row, member_id):
        raise NotInvited(f"The member is not in its audience on {row.day}.")
    attendance_row = GatheringAttendanceRow(
        gathering_id=row.id,
        member_id=member_id,
        guests=guests,
        noted_at=now,
        noted_by=by,
    )
    await attendance.save_attendance(session, attendance_row)


def _check_begun(row: GatheringRow, begins_at: datetime, now: datetime) -> None:
    """Raises GatheringNotBegun; GatheringOver once the attendance is no longer kept."""
    if row.state == GatheringState.CANCELLED:
        raise GatheringOver("The gathering was cancelled.", state=row.state)
    if row.kept_counts is not None:
        raise GatheringOver("It is too long ago: who came is no longer kept.", state="held")
    if row.state == GatheringState.DRAFT or now < begins_at:
        raise GatheringNotBegun(f"It starts at {row.starts_at.isoformat()}: note it then.")


async def write_minutes(
    session: AsyncSession,
    row: GatheringRow,
    version: int,
    minutes: Minutes,
    *,
    after_edit: int,
    by: str,
) -> GatheringMinutesRow:
    """Write or rewrite the draft of this version; repeating it changes nothing.

    row: locked. after_edit: the last edit of the draft that the author has seen, 0 if none.
    Raises GatheringNotBegun, GatheringOver, PollUnknown, MinutesPublished, MinutesOutdated.
    """
    now = now_in(session)
    _check_begun(row, row.starts_at, now)
    poll_ids = {decision.poll_id for decision in minutes.decisions if decision.poll_id is not None}
    await store.check_polls_exist(session, row, poll_ids)
    versions = await store.list_minutes(session, row.id, with_draft=True)
    published = [version_row for version_row in versions if version_row.published_at is not None]
    if version != len(published) + 1:
        raise MinutesPublished(
            f"Write version {len(published) + 1}: a published version stays.",
            next_version=len(published) + 1,
        )
    draft = versions[-1] if len(versions) > len(published) else None
    if draft is not None and store.to_minutes(draft) == minutes:
        return draft
    last_edit = draft.edit if draft else 0
    _check_seen(last_edit, after_edit)
    draft = draft or GatheringMinutesRow(gathering_id=row.id, version=version)
    draft.edit = last_edit + 1
    store.set_minutes(draft, minutes)
    draft.written_at, draft.written_by = now, by
    await store.add_minutes(session, draft)
    return draft


def _check_seen(last_edit: int, after_edit: int) -> None:
    if after_edit != last_edit:
        raise MinutesOutdated(
            f"The last edit is number {last_edit}: look at it, and say after_edit {last_edit}.",
            last_edit=last_edit,
        )


async def publish_minutes(
    session: AsyncSession, row: GatheringRow, version: int, *, by: str
) -> GatheringMinutesRow:
    """Show them to the audience, for good; repeating it changes nothing.

    row: locked. Raises MinutesUnknown.
    """
    minutes = await store.get_minutes(session, row.id, version)
    if minutes.published_at is None:
        minutes.published_at, minutes.published_by = now_in(session), by
        await session.flush()
        await notify_audience(session, row, MessageKind.GATHERING_MINUTES)
    return minutes

"""Queries of gatherings; the replies to them are in ``store.replies``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    exists,
    false,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.ids import Direction, OperationId
from services.community.domain.calendars import CalendarEntry
from services.community.domain.gatherings.entry import gathering_entry
from services.community.domain.gatherings.gathering import (
    AgendaItem,
    Gathering,
    GatheringAudience,
    GatheringKind,
    State,
)
from services.community.domain.gatherings.problems import GatheringUnknown
from services.community.domain.messages import Language
from services.community.tables import GatheringRow, MemberRow, ParticipationRow

_agenda = TypeAdapter(list[AgendaItem])


@dataclass(frozen=True)
class Viewer:
    """Whose gatherings are asked for; operations: those that they organise, None for staff."""

    operations: Collection[OperationId] | None
    member_id: UUID | None


async def add_or_lock_gathering(
    session: AsyncSession, gathering: Gathering, *, at: datetime, by: str
) -> GatheringRow:
    """The row of the gathering, locked; a new one is a draft as described."""
    await lock_names(session, "gathering", [gathering.id])
    row = await session.get(
        GatheringRow, gathering.id, populate_existing=True, with_for_update=True
    )
    if row is None:
        row = GatheringRow(
            id=gathering.id,
            state=State.DRAFT,
            revision=0,
            series_id=None,
            announced_at=None,
            cancelled_at=None,
            cancelled_reason=None,
        )
        set_content(row, gathering, at=at, by=by)
        session.add(row)
        await session.flush()
    return row


async def list_facilitators(session: AsyncSession, gathering_id: UUID) -> Sequence[UUID]:
    """Of a gathering as it was recorded; nobody of one that is not there."""
    query = select(GatheringRow.facilitator_ids).where(GatheringRow.id == gathering_id)
    return await session.scalar(query) or []


def set_content(row: GatheringRow, gathering: Gathering, *, at: datetime, by: str) -> None:
    for name, value in vars(gathering).items():
        setattr(row, name, value)
    row.agenda = [asdict(item) for item in gathering.agenda]
    row.facilitator_ids = list(gathering.facilitator_ids)
    row.day = gathering.day
    to_come = gathering.remind_at is not None and gathering.remind_at > at
    row.remind_at = gathering.remind_at if to_come else None
    row.changed_at, row.changed_by = at, by


def to_gathering(row: GatheringRow) -> Gathering:
    return Gathering(
        id=row.id,
        operation_id=row.operation_id,
        kind=GatheringKind(row.kind),
        title=row.title,
        description=row.description,
        agenda=_agenda.validate_python(row.agenda),
        place=row.place,
        url=row.url,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        audience=GatheringAudience(row.audience),
        capacity=row.capacity,
        max_guests=row.max_guests,
        reply_by=row.reply_by,
        facilitator_ids=row.facilitator_ids,
        remind_days=row.remind_days,
    )


def to_entry(row: GatheringRow, language: Language) -> CalendarEntry:
    return gathering_entry(
        to_gathering(row),
        language=language,
        revision=row.revision,
        changed_at=row.changed_at,
        cancelled_reason=row.cancelled_reason,
    )


async def get_gathering(session: AsyncSession, gathering_id: UUID, viewer: Viewer) -> GatheringRow:
    """Raises GatheringUnknown, also for one that is not to be seen."""
    query = select(GatheringRow).where(GatheringRow.id == gathering_id, _visible(viewer))
    row = await session.scalar(query)
    if row is None:
        raise GatheringUnknown(f"There is no gathering {gathering_id} for you.")
    return row


async def lock_gathering(session: AsyncSession, row: GatheringRow) -> None:
    """Replies and changes take turns until the end of the transaction. Read again."""
    await session.refresh(row, with_for_update={"key_share": True})


async def delete_gathering(session: AsyncSession, row: GatheringRow) -> None:
    await session.delete(row)
    await session.flush()


async def list_gatherings(
    session: AsyncSession,
    viewer: Viewer,
    *,
    operation_id: OperationId | None,
    series_id: UUID | None,
    from_day: date | None,
    to_day: date | None,
    after: UUID | None,
    limit: int,
) -> Sequence[GatheringRow]:
    """The latest first, those on the local days ``[from_day, to_day)``; after: begins after it.

    Raises GatheringUnknown for an after that is not to be seen.
    """
    query = select(GatheringRow).where(_visible(viewer))
    if operation_id is not None:
        query = query.where(GatheringRow.operation_id == operation_id)
    if series_id is not None:
        query = query.where(GatheringRow.series_id == series_id)
    if from_day is not None:
        query = query.where(GatheringRow.day >= from_day)
    if to_day is not None:
        query = query.where(GatheringRow.day < to_day)
    if after is not None:
        last = await get_gathering(session, after, viewer)
        place = tuple_(GatheringRow.starts_at, GatheringRow.id)
        query = query.where(place < (last.starts_at, last.id))
    latest = query.order_by(GatheringRow.starts_at.desc(), GatheringRow.id.desc())
    return (await session.scalars(latest.limit(limit))).all()


async def list_announced(
    session: AsyncSession, viewer: Viewer, *, since: datetime
) -> Sequence[GatheringRow]:
    """All but drafts that end after since, called off or not."""
    query = select(GatheringRow).where(
        GatheringRow.state != State.DRAFT, GatheringRow.ends_at > since, _visible(viewer)
    )
    return (await session.scalars(query.order_by(GatheringRow.starts_at, GatheringRow.id))).all()


async def is_invited(session: AsyncSession, row: GatheringRow, member_id: UUID) -> bool:
    """Whether there is such a member, of the audience or one of those who lead it."""
    is_there = exists().where(MemberRow.id == member_id, MemberRow.erased_at.is_(None))
    query = select(GatheringRow.id).where(GatheringRow.id == row.id, _invites(member_id), is_there)
    return await session.scalar(query) is not None


async def map_names(session: AsyncSession, rows: Collection[GatheringRow]) -> Mapping[UUID, str]:
    """The names of those who lead them."""
    member_ids = {one for row in rows for one in row.facilitator_ids}
    if not member_ids:
        return {}
    found = await session.execute(
        select(MemberRow.id, MemberRow.name).where(MemberRow.id.in_(member_ids))
    )
    return {member_id: name for member_id, name in found}  # noqa: C416 - typed rows


def _visible(viewer: Viewer) -> ColumnElement[bool]:
    """All for staff; organisers theirs, and those of the whole co-op; members as invited.

    Drafts are for who runs them, and for those who are to lead them.
    """
    if viewer.operations is None:
        return true()
    of_all = GatheringRow.operation_id.is_(None) if viewer.operations else false()
    theirs = [
        GatheringRow.operation_id.in_(viewer.operations),
        and_(GatheringRow.state != State.DRAFT, of_all),
    ]
    if viewer.member_id is not None:
        invited = in_audience(viewer.member_id)
        theirs += [
            _is_led_by(viewer.member_id),
            and_(GatheringRow.state != State.DRAFT, invited),
        ]
    return or_(*theirs)


def _invites(member_id: UUID) -> ColumnElement[bool]:
    return or_(in_audience(member_id), _is_led_by(member_id))


def _is_led_by(member_id: UUID) -> ColumnElement[bool]:
    return GatheringRow.facilitator_ids.contains([member_id])


def in_audience(member_id: UUID | SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    """Whether the gathering is for this member: who takes part on its day, on the side meant."""
    direction = ParticipationRow.direction
    takes_part = exists().where(
        ParticipationRow.member_id == member_id,
        ParticipationRow.valid_from <= GatheringRow.day,
        or_(ParticipationRow.valid_to.is_(None), GatheringRow.day < ParticipationRow.valid_to),
        or_(
            GatheringRow.operation_id.is_(None),
            GatheringRow.operation_id == ParticipationRow.operation_id,
        ),
        or_(
            GatheringRow.audience == GatheringAudience.EVERYBODY,
            and_(
                GatheringRow.audience == GatheringAudience.PRODUCERS,
                direction == Direction.PRODUCTION,
            ),
            and_(
                GatheringRow.audience == GatheringAudience.CONSUMERS,
                direction == Direction.CONSUMPTION,
            ),
        ),
    )
    of_all_members = and_(
        GatheringRow.operation_id.is_(None), GatheringRow.audience == GatheringAudience.EVERYBODY
    )
    return or_(of_all_members, takes_part)

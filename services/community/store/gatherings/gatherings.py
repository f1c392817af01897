"""Queries of gatherings; the replies to them are in ``replies``."""

from collections.abc import Sequence
from dataclasses import asdict
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
from libs.common.scopes import Scope
from services.community.domain.calendars import CalendarEntry
from services.community.domain.gatherings.entry import gathering_entry
from services.community.domain.gatherings.gathering import (
    AgendaItem,
    Gathering,
    GatheringAudience,
    GatheringKind,
    GatheringState,
)
from services.community.domain.gatherings.problems import GatheringUnknown
from services.community.domain.messages.messages import Language
from services.community.tables import GatheringRow, MemberRow, ParticipationRow

_agenda = TypeAdapter(list[AgendaItem])


async def add_or_lock_gathering(
    session: AsyncSession, gathering: Gathering, *, at: datetime, by: str
) -> GatheringRow:
    """Return the row of the gathering, locked; a new one is a draft as described."""
    await lock_names(session, "gathering", [gathering.id])
    row = await session.get(
        GatheringRow, gathering.id, populate_existing=True, with_for_update=True
    )
    if row is None:
        row = GatheringRow(
            id=gathering.id,
            state=GatheringState.DRAFT,
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
    """Return those recorded for the gathering; none if it does not exist."""
    query = select(GatheringRow.facilitator_ids).where(GatheringRow.id == gathering_id)
    return await session.scalar(query) or []


def set_content(row: GatheringRow, gathering: Gathering, *, at: datetime, by: str) -> None:
    for name, value in vars(gathering).items():
        setattr(row, name, value)
    row.agenda = [asdict(item) for item in gathering.agenda]
    row.facilitator_ids = list(gathering.facilitator_ids)
    row.day = gathering.day
    is_to_come = gathering.remind_at is not None and gathering.remind_at > at
    row.remind_at = gathering.remind_at if is_to_come else None
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


async def get_gathering(session: AsyncSession, gathering_id: UUID, scope: Scope) -> GatheringRow:
    """Raises GatheringUnknown, also for one that is not in the scope."""
    query = select(GatheringRow).where(GatheringRow.id == gathering_id, _visible(scope))
    row = await session.scalar(query)
    if row is None:
        raise GatheringUnknown(f"There is no gathering {gathering_id} for you.")
    return row


async def lock_gathering(session: AsyncSession, row: GatheringRow) -> None:
    """Make replies and changes take turns until the end of the transaction; read the row again."""
    await session.refresh(row, with_for_update={"key_share": True})


async def delete_gathering(session: AsyncSession, row: GatheringRow) -> None:
    await session.delete(row)
    await session.flush()


async def list_gatherings(
    session: AsyncSession,
    scope: Scope,
    *,
    operation_id: OperationId | None,
    series_id: UUID | None,
    from_day: date | None,
    to_day: date | None,
    after: UUID | None,
    limit: int,
) -> Sequence[GatheringRow]:
    """List the latest first, on the local days ``[from_day, to_day)``; after: begins after it.

    Raises GatheringUnknown for an ``after`` that is not in the scope.
    """
    query = select(GatheringRow).where(_visible(scope))
    if operation_id is not None:
        query = query.where(GatheringRow.operation_id == operation_id)
    if series_id is not None:
        query = query.where(GatheringRow.series_id == series_id)
    if from_day is not None:
        query = query.where(GatheringRow.day >= from_day)
    if to_day is not None:
        query = query.where(GatheringRow.day < to_day)
    if after is not None:
        last = await get_gathering(session, after, scope)
        place = tuple_(GatheringRow.starts_at, GatheringRow.id)
        query = query.where(place < (last.starts_at, last.id))
    latest = query.order_by(GatheringRow.starts_at.desc(), GatheringRow.id.desc())
    return (await session.scalars(latest.limit(limit))).all()


async def list_announced(
    session: AsyncSession, scope: Scope, *, since: datetime
) -> Sequence[GatheringRow]:
    """List all but drafts that end after ``since``, called off or not."""
    query = select(GatheringRow).where(
        GatheringRow.state != GatheringState.DRAFT, GatheringRow.ends_at > since, _visible(scope)
    )
    return (await session.scalars(query.order_by(GatheringRow.starts_at, GatheringRow.id))).all()


async def is_invited(session: AsyncSession, row: GatheringRow, member_id: UUID) -> bool:
    """Return whether the member exists, and is in the audience or a facilitator."""
    member_exists = exists().where(MemberRow.id == member_id, MemberRow.erased_at.is_(None))
    query = select(GatheringRow.id).where(
        GatheringRow.id == row.id, _invites(member_id), member_exists
    )
    return await session.scalar(query) is not None


def _visible(scope: Scope) -> ColumnElement[bool]:
    """Staff see all; organisers theirs and the whole co-op's; members those they are invited to.

    Drafts are for those who run them, and for their facilitators.
    """
    if scope.operations is None:
        return true()
    is_of_co_op = GatheringRow.operation_id.is_(None) if scope.operations else false()
    conditions = [
        GatheringRow.operation_id.in_(scope.operations),
        and_(GatheringRow.state != GatheringState.DRAFT, is_of_co_op),
    ]
    if scope.member_id is not None:
        is_in_audience = in_audience(scope.member_id)
        conditions += [
            _is_led_by(scope.member_id),
            and_(GatheringRow.state != GatheringState.DRAFT, is_in_audience),
        ]
    return or_(*conditions)


def _invites(member_id: UUID) -> ColumnElement[bool]:
    return or_(in_audience(member_id), _is_led_by(member_id))


def _is_led_by(member_id: UUID) -> ColumnElement[bool]:
    return GatheringRow.facilitator_ids.contains([member_id])


def in_audience(member_id: UUID | SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    """Return whether the gathering is for this member, a participant of its day on that side."""
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
    is_for_all_members = and_(
        GatheringRow.operation_id.is_(None), GatheringRow.audience == GatheringAudience.EVERYBODY
    )
    return or_(is_for_all_members, takes_part)

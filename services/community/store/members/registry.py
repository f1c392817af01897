"""Queries of organisers, members, points, operations and participations."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.scoped import is_about, is_of
from libs.common.ids import Direction, OperationId, Prm
from libs.common.scopes import EVERYTHING, Scope
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.registry import Member, Operation, Point
from services.community.domain.problems import (
    MemberUnknown,
    OperationUnknown,
    OrganiserUnknown,
    PointUnknown,
    points_unknown,
)
from services.community.store.members.locks import find_member_locked
from services.community.store.members.ties import note_holders
from services.community.tables import (
    MemberRow,
    OperationRow,
    OrganiserRow,
    ParticipationRow,
    PointRow,
)

# Rows are locked FOR NO KEY UPDATE: rows that refer to them can be added meanwhile.


async def get_organiser(session: AsyncSession, organiser_id: UUID) -> OrganiserRow:
    """Raises OrganiserUnknown."""
    row = await session.get(OrganiserRow, organiser_id)
    if row is None:
        raise OrganiserUnknown(f"There is no organiser {organiser_id}.")
    return row


async def list_organisers(
    session: AsyncSession, *, after: UUID | None, limit: int
) -> Sequence[OrganiserRow]:
    """Return a page in order of id."""
    query = select(OrganiserRow).order_by(OrganiserRow.id).limit(limit)
    if after is not None:
        query = query.where(OrganiserRow.id > after)
    return (await session.scalars(query)).all()


async def add_or_lock_member(
    session: AsyncSession, member: Member, *, made_in: Collection[OperationId], made_on: date
) -> MemberRow:
    """Return the member's row, locked; a new one has revision 0. made_in: empty for staff."""
    origin = {"made_in": sorted(made_in), "made_on": made_on, "revision": 0}
    added = insert(MemberRow).values(**asdict(member), **origin)
    await session.execute(added.on_conflict_do_nothing())
    row = await find_member_locked(session, member.id)
    assert row is not None, "it was there, or has just been added"
    return row


async def find_member(session: AsyncSession, member_id: UUID) -> MemberRow | None:
    return await session.get(MemberRow, member_id)


async def get_member(session: AsyncSession, member_id: UUID) -> MemberRow:
    """Raises MemberUnknown."""
    row = await session.get(MemberRow, member_id)
    if row is None:
        raise MemberUnknown(f"There is no member {member_id}.")
    return row


async def check_members_exist(session: AsyncSession, member_ids: Collection[UUID]) -> None:
    """Raises MemberUnknown, also for erased ones; none is erased until the transaction ends."""
    query = select(MemberRow.id).where(MemberRow.id.in_(member_ids), MemberRow.erased_at.is_(None))
    ordered = query.order_by(MemberRow.id).with_for_update(read=True, key_share=True)
    recorded_ids = await session.scalars(ordered)
    missing = sorted(map(str, set(member_ids) - set(recorded_ids)))
    if missing:
        raise MemberUnknown(
            f"Record these members first: {', '.join(missing[:5])}.", member_ids=missing
        )


async def list_known_members(session: AsyncSession, member_ids: Collection[UUID]) -> set[UUID]:
    """Return those that exist and were not erased."""
    query = select(MemberRow.id).where(MemberRow.id.in_(member_ids), MemberRow.erased_at.is_(None))
    return set(await session.scalars(query))


async def list_members(
    session: AsyncSession, operation_id: OperationId | None, *, after: UUID | None, limit: int
) -> Sequence[MemberRow]:
    """Return a page, by id, of members who ever took part in the operation; None for all."""
    query = select(MemberRow).order_by(MemberRow.id).limit(limit)
    if after is not None:
        query = query.where(MemberRow.id > after)
    if operation_id is not None:
        taking_part = select(ParticipationRow.member_id).where(
            ParticipationRow.operation_id == operation_id
        )
        query = query.where(MemberRow.id.in_(taking_part))
    return (await session.scalars(query)).all()


async def list_operations_of_members(
    session: AsyncSession, member_ids: Collection[UUID]
) -> Mapping[UUID, set[OperationId]]:
    """Return the operations each member ever took part in; members without any are left out."""
    query = (
        select(ParticipationRow.member_id, ParticipationRow.operation_id)
        .where(ParticipationRow.member_id.in_(member_ids))
        .distinct()
    )
    operations = defaultdict[UUID, set[OperationId]](set)
    for member_id, operation_id in await session.execute(query):
        operations[member_id].add(operation_id)
    return operations


async def save_point(session: AsyncSession, point: Point) -> PointRow:
    content = asdict(point)
    upsert = (
        insert(PointRow)
        .values(content)
        .on_conflict_do_update(index_elements=["prm"], set_=content)
        .returning(PointRow)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(upsert)).one()


async def map_points(session: AsyncSession, prms: Collection[Prm]) -> Mapping[Prm, Point]:
    """Return those that exist."""
    query = select(PointRow).where(PointRow.prm.in_(prms))
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return {
        row.prm: Point(
            prm=row.prm,
            label=row.label,
            subscribed_power_va=row.subscribed_power_va,
            installed_power_w=row.installed_power_w,
            production_kind=row.production_kind,
        )
        for row in rows
    }


async def get_point(session: AsyncSession, prm: Prm) -> PointRow:
    """Raises PointUnknown."""
    row = await session.get(PointRow, prm)
    if row is None:
        raise PointUnknown(f"There is no point {prm}.")
    return row


async def lock_points(session: AsyncSession, prms: Collection[Prm]) -> None:
    """Lock in prm order, so that two changes of one point wait for each other, not for ever.

    Raises PointUnknown.
    """
    query = select(PointRow.prm).where(PointRow.prm.in_(prms)).order_by(PointRow.prm)
    recorded_prms = await session.scalars(query.with_for_update(key_share=True))
    missing = sorted(set(prms) - set(recorded_prms))
    if missing:
        raise points_unknown(missing)


async def list_participations_of_points(
    session: AsyncSession, prms: Collection[Prm]
) -> Sequence[ParticipationRow]:
    query = select(ParticipationRow).where(ParticipationRow.prm.in_(prms))
    ordered = query.order_by(ParticipationRow.prm, ParticipationRow.valid_from)
    return (await session.scalars(ordered)).all()


async def list_holders(session: AsyncSession, prm: Prm) -> Sequence[UUID]:
    """List members who ever took part with the point."""
    holders = select(ParticipationRow.member_id).where(ParticipationRow.prm == prm).distinct()
    return (await session.scalars(holders)).all()


async def list_operations_of_point(session: AsyncSession, prm: Prm) -> Sequence[OperationId]:
    """List, by id, operations that the point ever took part in."""
    query = select(ParticipationRow.operation_id).where(ParticipationRow.prm == prm).distinct()
    return (await session.scalars(query.order_by(ParticipationRow.operation_id))).all()


def operation_columns(operation: Operation) -> dict[str, object]:
    """Return the operation's columns without its revision."""
    changes = [
        {"valid_from": change.valid_from.isoformat(), "step_min": change.step_min}
        for change in operation.step_changes
    ]
    return vars(operation) | {"step_changes": changes}


async def add_or_lock_operation(session: AsyncSession, operation: Operation) -> OperationRow:
    """Return the operation's row, locked; a new one has revision 0."""
    await session.execute(
        insert(OperationRow)
        .values(**operation_columns(operation), revision=0)
        .on_conflict_do_nothing()
    )
    return await get_operation(session, operation.id, lock=True)


async def get_operation(
    session: AsyncSession, operation_id: OperationId, *, lock: bool = False
) -> OperationRow:
    """Raises OperationUnknown."""
    row = await session.get(
        OperationRow, operation_id, with_for_update={"key_share": True} if lock else None
    )
    if row is None:
        raise OperationUnknown(f"There is no operation {operation_id}.")
    return row


async def list_operations(
    session: AsyncSession, scope: Scope, *, after: OperationId | None, limit: int
) -> Sequence[OperationRow]:
    """Return a page in order of id: those of the scope, and those ever with its member."""
    has_member = is_about(ParticipationRow.member_id, scope)
    taking_part = select(ParticipationRow.operation_id).where(has_member)
    is_visible = is_of(OperationRow.id, scope) | OperationRow.id.in_(taking_part)
    query = select(OperationRow).where(is_visible).order_by(OperationRow.id).limit(limit)
    if after is not None:
        query = query.where(OperationRow.id > after)
    return (await session.scalars(query)).all()


async def list_participations(
    session: AsyncSession, operation_id: OperationId, scope: Scope = EVERYTHING
) -> list[Participation]:
    """In prm, direction, valid_from order; those about the scope's member."""
    query = select(ParticipationRow).where(
        ParticipationRow.operation_id == operation_id, is_about(ParticipationRow.member_id, scope)
    )
    ordered = query.order_by(
        ParticipationRow.prm, ParticipationRow.direction, ParticipationRow.valid_from
    )
    # A second reading, under the operation's lock, returns the present rows.
    fresh = ordered.execution_options(populate_existing=True)
    return [to_participation(row) for row in await session.scalars(fresh)]


def to_participation(row: ParticipationRow) -> Participation:
    return Participation(
        prm=row.prm,
        direction=Direction(row.direction),
        member_id=row.member_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


async def save_participations(
    session: AsyncSession, operation_id: OperationId, participations: Sequence[Participation]
) -> None:
    """Save them in the order given, each free of overlap with those before it."""
    adding = insert(ParticipationRow)
    upsert = adding.on_conflict_do_update(
        index_elements=["operation_id", "prm", "direction", "valid_from"],
        set_={name: adding.excluded[name] for name in ("member_id", "valid_to")},
    )
    rows = [{"operation_id": operation_id, **asdict(stay)} for stay in participations]
    await session.execute(upsert, rows)
    await note_holders(session, operation_id, participations)


async def delete_participation(
    session: AsyncSession, operation_id: OperationId, participation: Participation
) -> None:
    row = ParticipationRow
    key = (row.operation_id, row.prm, row.direction, row.valid_from)
    await session.execute(delete(row).where(tuple_(*key) == (operation_id, *participation.key)))

"""Queries of the register of co-operative shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.capital.problems import CapitalMovementUnknown
from services.community.domain.capital.register import CapitalMovement, MovementKind
from services.community.domain.problems import OrganiserUnknown
from services.community.tables import CapitalMovementRow, MemberRow, OrganiserRow

_row = CapitalMovementRow


@dataclass(frozen=True)
class Holding:
    """A member's shares of one co-operative at the end of a day."""

    organiser_id: UUID
    member_id: UUID
    name: str
    capital_shares: int
    amount_cents: int


async def lock_register(session: AsyncSession, organiser_id: UUID) -> None:
    """Make movements of one register take turns. Raises OrganiserUnknown."""
    row = await session.get(OrganiserRow, organiser_id, with_for_update={"key_share": True})
    if row is None:
        raise OrganiserUnknown(f"There is no organiser {organiser_id}.")


async def find_movement(session: AsyncSession, movement_id: UUID) -> CapitalMovementRow | None:
    return await session.get(CapitalMovementRow, movement_id, populate_existing=True)


async def get_movement(
    session: AsyncSession, organiser_id: UUID, movement_id: UUID
) -> CapitalMovementRow:
    """Raises CapitalMovementUnknown, also for one of another register."""
    row = await find_movement(session, movement_id)
    if row is None or row.organiser_id != organiser_id:
        raise CapitalMovementUnknown(f"The register has no movement {movement_id}.")
    return row


async def add_movement(
    session: AsyncSession, movement: CapitalMovement, *, recorded_at: datetime, recorded_by: str
) -> CapitalMovementRow:
    """Add it with the next number; the caller has locked the register."""
    last = select(func.coalesce(func.max(_row.number), 0))
    number = await session.scalar(last.where(_row.organiser_id == movement.organiser_id))
    row = CapitalMovementRow(
        **vars(movement),
        number=(number or 0) + 1,
        recorded_at=recorded_at,
        recorded_by=recorded_by,
        cancelled_at=None,
        cancelled_by=None,
        cancelled_reason=None,
    )
    session.add(row)
    await session.flush()
    return row


async def cancel(
    session: AsyncSession, row: CapitalMovementRow, *, at: datetime, by: str, reason: str
) -> None:
    row.cancelled_at, row.cancelled_by, row.cancelled_reason = at, by, reason
    await session.flush()


def to_movement(row: CapitalMovementRow) -> CapitalMovement:
    return CapitalMovement(
        id=row.id,
        organiser_id=row.organiser_id,
        kind=MovementKind(row.kind),
        day=row.day,
        from_member_id=row.from_member_id,
        to_member_id=row.to_member_id,
        capital_shares=row.capital_shares,
        nominal_cents=row.nominal_cents,
        document_reference=row.document_reference,
    )


async def list_counted_movements(
    session: AsyncSession, organiser_id: UUID, member_id: UUID
) -> list[CapitalMovement]:
    """List movements that name the member and were not cancelled."""
    query = select(_row).where(
        _row.organiser_id == organiser_id, _row.cancelled_at.is_(None), _names(member_id)
    )
    return [to_movement(row) for row in await session.scalars(query)]


async def find_nominal(session: AsyncSession, organiser_id: UUID) -> int | None:
    """Return that of all shares not cancelled; None before the first."""
    query = select(_row.nominal_cents).where(
        _row.organiser_id == organiser_id, _row.cancelled_at.is_(None)
    )
    return await session.scalar(query.limit(1))


async def list_movements(
    session: AsyncSession, organiser_id: UUID, *, after: int, limit: int
) -> Sequence[CapitalMovementRow]:
    """List movements by number; after: a number, itself left out."""
    query = select(_row).where(_row.organiser_id == organiser_id, _row.number > after)
    return (await session.scalars(query.order_by(_row.number).limit(limit))).all()


async def list_movements_of_member(
    session: AsyncSession, member_id: UUID
) -> Sequence[CapitalMovementRow]:
    """Return movements by register, day and number; cancelled ones too."""
    query = select(_row).where(_names(member_id))
    return (await session.scalars(query.order_by(_row.organiser_id, _row.day, _row.number))).all()


async def list_holders(
    session: AsyncSession, organiser_id: UUID, *, day: date, after: UUID | None, limit: int
) -> Sequence[Holding]:
    """List holders of shares at the end of that day, by member id; after: itself left out."""
    query = _holdings(day, _row.organiser_id == organiser_id)
    if after is not None:
        query = query.where(MemberRow.id > after)
    return [Holding(*row) for row in await session.execute(query.limit(limit))]


async def list_holdings_of_member(
    session: AsyncSession, member_id: UUID, *, day: date
) -> Sequence[Holding]:
    """Return one for each co-operative, by its id."""
    query = _holdings(day, _names(member_id)).where(MemberRow.id == member_id)
    return [Holding(*row) for row in await session.execute(query)]


async def sum_register(session: AsyncSession, organiser_id: UUID, *, day: date) -> tuple[int, int]:
    """Return the number of shares at the end of that day, and their nominal value in cents."""
    shares = cast(_row.capital_shares, BigInteger)
    change = case(
        (_row.kind == MovementKind.SUBSCRIPTION, shares),
        (_row.kind == MovementKind.REPAYMENT, -shares),
        else_=0,
    )
    sums = [func.coalesce(func.sum(column), 0) for column in (change, change * _row.nominal_cents)]
    conditions = (_row.organiser_id == organiser_id, _row.cancelled_at.is_(None), _row.day <= day)
    share_count, amount_cents = (await session.execute(select(*sums).where(*conditions))).one()
    return int(share_count), int(amount_cents)


async def map_capital_shares(
    session: AsyncSession, organiser_id: UUID, *, day: date
) -> Mapping[UUID, int]:
    """Return the shares of all holders at the end of that day, by member."""
    query = _holdings(day, _row.organiser_id == organiser_id)
    holdings = [Holding(*row) for row in await session.execute(query)]
    return {holding.member_id: holding.capital_shares for holding in holdings}


def _names(member_id: UUID) -> ColumnElement[bool]:
    return or_(_row.from_member_id == member_id, _row.to_member_id == member_id)


def _holdings(day: date, condition: ColumnElement[bool]) -> Select[UUID, UUID, str, int, int]:
    conditions = (condition, _row.cancelled_at.is_(None), _row.day <= day)
    changes = union_all(
        *(
            select(
                _row.organiser_id,
                member.label("member_id"),
                (cast(_row.capital_shares, BigInteger) * literal(sign)).label("change"),
                _row.nominal_cents,
            ).where(*conditions, member.is_not(None))
            for member, sign in ((_row.to_member_id, 1), (_row.from_member_id, -1))
        )
    ).subquery()
    share_count = func.sum(changes.c.change)
    amount = func.sum(changes.c.change * changes.c.nominal_cents)
    return (
        select(changes.c.organiser_id, MemberRow.id, MemberRow.name, share_count, amount)
        .join(MemberRow, MemberRow.id == changes.c.member_id)
        .group_by(changes.c.organiser_id, MemberRow.id)
        .having(share_count != 0)
        .order_by(changes.c.organiser_id, MemberRow.id)
    )

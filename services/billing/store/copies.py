"""Copies of members, perimeters and settlements."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.arrays import among
from libs.common.calendar import Month
from libs.common.copies import save_newer
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.drafting import Perimeter
from services.billing.domain.invoices import Party
from services.billing.domain.routing import Routing
from services.billing.domain.sales import Participation
from services.billing.domain.wordings import Language
from services.billing.tables import (
    CustomerRoutingRow,
    InvoiceRow,
    MemberRow,
    PerimeterRow,
    SettlementRow,
)

_participations = TypeAdapter(list[Participation])


async def save_members(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    await save_newer(session, MemberRow, rows, key=("member_id",), version="revision")


async def save_perimeters(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    await save_newer(session, PerimeterRow, rows, key=("operation_id",), version="revision")


async def save_settlements(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    await save_newer(session, SettlementRow, rows, key=("operation_id", "month"), version="number")


async def find_perimeter(session: AsyncSession, operation_id: OperationId) -> Perimeter | None:
    row = await session.get(PerimeterRow, operation_id)
    if row is None:
        return None
    return Perimeter(row.name, _participations.validate_python(row.participations))


async def list_of_consuming_point(
    session: AsyncSession, prm: Prm
) -> list[tuple[OperationId, Participation]]:
    """With which member the point takes or took part as a consumer, and in which operation."""
    consumes = [{"prm": prm, "direction": Direction.CONSUMPTION}]
    rows = await session.scalars(
        select(PerimeterRow)
        .where(PerimeterRow.participations.contains(consumes))
        .order_by(PerimeterRow.operation_id)
    )
    return [
        (OperationId(row.operation_id), one)
        for row in rows
        for one in _participations.validate_python(row.participations)
        if one.prm == prm and one.direction is Direction.CONSUMPTION
    ]


async def get_parties(session: AsyncSession, members: Collection[UUID]) -> dict[UUID, Party]:
    """With where they want their invoices."""
    query = (
        select(MemberRow, CustomerRoutingRow)
        .outerjoin(CustomerRoutingRow, CustomerRoutingRow.member_id == MemberRow.member_id)
        .where(among(MemberRow.member_id, members))
    )
    return {
        row.member_id: Party(
            row.member_id,
            row.name,
            row.address,
            row.siren,
            row.vat_number,
            row.kind,
            row.delivery_address,
            Routing(found.siret, found.service_code, found.commitment_number) if found else None,
        )
        for row, found in await session.execute(query)
    }


async def sells_in(
    session: AsyncSession, member_id: UUID, operations: Collection[OperationId]
) -> bool:
    """Whether the member has or had a producing point in any of these operations."""
    seller = [{"member_id": str(member_id), "direction": Direction.PRODUCTION}]
    found = await session.scalar(
        select(PerimeterRow.operation_id)
        .where(PerimeterRow.operation_id.in_(operations))
        .where(PerimeterRow.participations.contains(seller))
        .limit(1)
    )
    return found is not None


async def find_party(session: AsyncSession, member_id: UUID) -> Party | None:
    return (await get_parties(session, [member_id])).get(member_id)


async def get_language(session: AsyncSession, member_id: UUID) -> Language:
    """In which the member is written to: French, until community tells otherwise."""
    query = select(MemberRow.language).where(MemberRow.member_id == member_id)
    return Language(await session.scalar(query) or Language.FRENCH)


async def list_operations_of_seller(
    session: AsyncSession, member_id: UUID
) -> frozenset[OperationId]:
    """Where the member produces or produced, and where it has issued invoices."""
    produces = [{"member_id": str(member_id), "direction": Direction.PRODUCTION}]
    query = (
        select(PerimeterRow.operation_id)
        .where(PerimeterRow.participations.contains(produces))
        .union(select(InvoiceRow.operation_id).where(InvoiceRow.issuer_id == member_id))
    )
    return frozenset(OperationId(one) for one in await session.scalars(query))


async def list_sellers_to(
    session: AsyncSession, member_id: UUID, *, today: date
) -> frozenset[tuple[OperationId, UUID]]:
    """Who else produces, or is to, in the operations in which the member consumes or is to."""
    buyer = [{"member_id": str(member_id), "direction": Direction.CONSUMPTION}]
    rows = await session.scalars(
        select(PerimeterRow).where(PerimeterRow.participations.contains(buyer))
    )
    sellers = set()
    for row in rows:
        standing = [
            one
            for one in _participations.validate_python(row.participations)
            if one.valid_to is None or one.valid_to > today
        ]
        if any(
            one.member_id == member_id and one.direction is Direction.CONSUMPTION
            for one in standing
        ):
            sellers |= {
                (OperationId(row.operation_id), one.member_id)
                for one in standing
                if one.direction is Direction.PRODUCTION and one.member_id != member_id
            }
    return frozenset(sellers)


async def list_operations_of_member(
    session: AsyncSession, member_id: UUID
) -> frozenset[OperationId]:
    """Where the member has or had a point."""
    query = select(PerimeterRow.operation_id).where(
        PerimeterRow.participations.contains([{"member_id": str(member_id)}])
    )
    return frozenset(OperationId(one) for one in await session.scalars(query))


async def is_within(
    session: AsyncSession, member_id: UUID, operations: Collection[OperationId]
) -> bool:
    """Whether the member has or had a point in one of these operations."""
    query = select(PerimeterRow.operation_id).where(
        PerimeterRow.operation_id.in_(operations),
        PerimeterRow.participations.contains([{"member_id": str(member_id)}]),
    )
    return await session.scalar(query.limit(1)) is not None


async def list_participations_on(
    session: AsyncSession, operation_id: OperationId, day: date
) -> list[Participation]:
    """Of both sides."""
    perimeter = await find_perimeter(session, operation_id)
    return [one for one in perimeter.participations if one.covers(day)] if perimeter else []


async def map_plant(session: AsyncSession, prm: Prm) -> dict[OperationId, Sequence[Participation]]:
    """In which operations a point produces or produced, and for whom."""
    plant = [{"prm": prm, "direction": Direction.PRODUCTION}]
    rows = await session.scalars(
        select(PerimeterRow)
        .where(PerimeterRow.participations.contains(plant))
        .order_by(PerimeterRow.operation_id)
    )
    return {
        OperationId(row.operation_id): [
            one
            for one in _participations.validate_python(row.participations)
            if one.prm == prm and one.direction is Direction.PRODUCTION
        ]
        for row in rows
    }


async def find_settlement_number(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> int | None:
    """The newest that billing knows of."""
    row = await session.get(SettlementRow, (operation_id, str(month)), populate_existing=True)
    return row.number if row else None

"""Copies of members, perimeters and settlements."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database.arrays import among
from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from libs.common.messaging.copies import save_newer
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.invoices.routing import Routing
from services.billing.domain.prices.sales import Participation, Perimeter
from services.billing.domain.wordings import Language
from services.billing.tables import (
    CustomerRoutingRow,
    InvoiceRow,
    MemberRow,
    PerimeterRow,
    SettlementRow,
)

_participations = TypeAdapter(list[Participation])


class CustomerErased(Problem):
    status, slug, title = 409, "member-erased", "The member was erased"
    example_detail = "An erased member gets no new records. If they return, give them a new id."


class CustomerUnknown(Problem):
    status, slug, title = 404, "customer-unknown", "There is no such customer"
    example_detail = "The community service has published no member with this id."


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
    participations = _participations.validate_python(row.participations)
    return Perimeter(row.name, participations, row.organiser_name)


async def list_of_consuming_point(
    session: AsyncSession, prm: Prm
) -> list[tuple[OperationId, Participation]]:
    """The operations and participations of a consuming point, past ones included."""
    consumes = [{"prm": prm, "direction": Direction.CONSUMPTION}]
    rows = await session.scalars(
        select(PerimeterRow)
        .where(PerimeterRow.participations.contains(consumes))
        .order_by(PerimeterRow.operation_id)
    )
    return [
        (OperationId(row.operation_id), participation)
        for row in rows
        for participation in _participations.validate_python(row.participations)
        if participation.prm == prm and participation.direction is Direction.CONSUMPTION
    ]


async def get_parties(session: AsyncSession, members: Collection[UUID]) -> dict[UUID, Party]:
    """Members as parties, with their routing of invoices."""
    query = (
        select(MemberRow, CustomerRoutingRow)
        .outerjoin(CustomerRoutingRow, CustomerRoutingRow.member_id == MemberRow.member_id)
        .where(among(MemberRow.member_id, members))
    )
    return {
        row.member_id: Party(
            member_id=row.member_id,
            name=row.name,
            address=row.address,
            siren=row.siren,
            vat_number=row.vat_number,
            kind=row.kind,
            delivery_address=row.delivery_address,
            routing=routing_of(routing_row) if routing_row else None,
        )
        for row, routing_row in await session.execute(query)
    }


def routing_of(row: CustomerRoutingRow) -> Routing:
    return Routing(
        siret=row.siret, service_code=row.service_code, commitment_number=row.commitment_number
    )


async def sells_in(
    session: AsyncSession, member_id: UUID, operations: Collection[OperationId]
) -> bool:
    """Whether the member has or had a producing point in any of these operations."""
    seller = [{"member_id": str(member_id), "direction": Direction.PRODUCTION}]
    operation_id = await session.scalar(
        select(PerimeterRow.operation_id)
        .where(PerimeterRow.operation_id.in_(operations))
        .where(PerimeterRow.participations.contains(seller))
        .limit(1)
    )
    return operation_id is not None


async def find_party(session: AsyncSession, member_id: UUID) -> Party | None:
    return (await get_parties(session, [member_id])).get(member_id)


async def check_not_erased(session: AsyncSession, member_id: UUID) -> None:
    """Raises CustomerErased; the member is not erased before the transaction ends.

    What the transaction adds is then there for the erasure to delete.
    """
    query = select(MemberRow.is_erased).where(MemberRow.member_id == member_id)
    if await session.scalar(query.with_for_update(read=True)):
        raise CustomerErased


async def get_language(session: AsyncSession, member_id: UUID) -> Language:
    """The language for messages to the member; French until community publishes another."""
    query = select(MemberRow.language).where(MemberRow.member_id == member_id)
    return Language(await session.scalar(query) or Language.FRENCH)


async def list_operations_of_sellers(
    session: AsyncSession, member_ids: Collection[UUID]
) -> frozenset[OperationId]:
    """The operations in which one of them produces, has produced or has issued invoices."""
    sellers = [
        [{"member_id": str(member_id), "direction": Direction.PRODUCTION}]
        for member_id in member_ids
    ]
    produces = PerimeterRow.participations.contains(
        any_(literal(sellers, ARRAY(JSONB, dimensions=1)))
    )
    query = (
        select(PerimeterRow.operation_id)
        .where(produces)
        .union(select(InvoiceRow.operation_id).where(among(InvoiceRow.issuer_id, member_ids)))
    )
    return frozenset(OperationId(operation_id) for operation_id in await session.scalars(query))


async def list_operations_organised_by(
    session: AsyncSession, member_id: UUID
) -> frozenset[OperationId]:
    """The operations whose organiser has this id: as a member, it is recorded under the same."""
    query = select(PerimeterRow.operation_id).where(PerimeterRow.organiser_id == member_id)
    return frozenset(OperationId(operation_id) for operation_id in await session.scalars(query))


async def list_sellers_to(
    session: AsyncSession, member_id: UUID, *, today: date
) -> frozenset[tuple[OperationId, UUID]]:
    """The other present and future producers where the member consumes or will consume."""
    buyer = [{"member_id": str(member_id), "direction": Direction.CONSUMPTION}]
    rows = await session.scalars(
        select(PerimeterRow).where(PerimeterRow.participations.contains(buyer))
    )
    sellers = set()
    for row in rows:
        current = [
            participation
            for participation in _participations.validate_python(row.participations)
            if participation.valid_to is None or participation.valid_to > today
        ]
        if any(
            participation.member_id == member_id
            and participation.direction is Direction.CONSUMPTION
            for participation in current
        ):
            sellers |= {
                (OperationId(row.operation_id), participation.member_id)
                for participation in current
                if participation.direction is Direction.PRODUCTION
                and participation.member_id != member_id
            }
    return frozenset(sellers)


async def list_operations_of_member(
    session: AsyncSession, member_id: UUID
) -> frozenset[OperationId]:
    """The operations in which the member has or had a point."""
    query = select(PerimeterRow.operation_id).where(
        PerimeterRow.participations.contains([{"member_id": str(member_id)}])
    )
    return frozenset(OperationId(operation_id) for operation_id in await session.scalars(query))


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
    """The participations of both sides on a day."""
    perimeter = await find_perimeter(session, operation_id)
    return (
        [participation for participation in perimeter.participations if participation.covers(day)]
        if perimeter
        else []
    )


async def map_plant(session: AsyncSession, prm: Prm) -> dict[OperationId, Sequence[Participation]]:
    """The operations in which a point produces or produced, with its participations."""
    plant = [{"prm": prm, "direction": Direction.PRODUCTION}]
    rows = await session.scalars(
        select(PerimeterRow)
        .where(PerimeterRow.participations.contains(plant))
        .order_by(PerimeterRow.operation_id)
    )
    return {
        OperationId(row.operation_id): [
            participation
            for participation in _participations.validate_python(row.participations)
            if participation.prm == prm and participation.direction is Direction.PRODUCTION
        ]
        for row in rows
    }


async def find_settlement_number(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> int | None:
    """The number of the newest settlement that billing has."""
    row = await session.get(SettlementRow, (operation_id, str(month)), populate_existing=True)
    return row.number if row else None

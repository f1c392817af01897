"""Customers' routings of invoices."""

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.invoices.routing import Routing
from services.billing.store.copies import CustomerUnknown, find_party, routing_of
from services.billing.tables import CustomerRoutingRow


async def check_customer(session: AsyncSession, member_id: UUID) -> Party:
    """The customer as a party. Raises CustomerUnknown."""
    party = await find_party(session, member_id)
    if party is None:
        raise CustomerUnknown
    return party


async def get_routing(session: AsyncSession, member_id: UUID) -> Routing:
    """The customer's routing, empty if unknown."""
    row = await session.get(CustomerRoutingRow, member_id, populate_existing=True)
    return routing_of(row) if row else Routing()


async def save_routing(session: AsyncSession, member_id: UUID, routing: Routing) -> None:
    values = asdict(routing)
    statement = insert(CustomerRoutingRow).values(member_id=member_id, **values)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["member_id"], set_=values)
    )


async def delete_routings(session: AsyncSession, members: Collection[UUID]) -> int:
    """Delete the routings of these members; return their number."""
    row = CustomerRoutingRow
    deleted = delete(row).where(among(row.member_id, members)).returning(row.member_id)
    return len((await session.scalars(deleted)).all())

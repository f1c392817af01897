"""Changes of organisers, and their operations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.community.tables import OperationRow, OrganiserRow


async def save_organiser(
    session: AsyncSession, organiser_id: UUID, *, name: str, address: str
) -> OrganiserRow:
    content = {"name": name, "address": address}
    upsert = (
        insert(OrganiserRow)
        .values(id=organiser_id, **content)
        .on_conflict_do_update(index_elements=["id"], set_=content)
        .returning(OrganiserRow)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(upsert)).one()


async def list_operations_of_organiser(
    session: AsyncSession, organiser_id: UUID
) -> Sequence[OperationId]:
    """Return them in order of id."""
    query = select(OperationRow.id).where(OperationRow.organiser_id == organiser_id)
    rows = await session.scalars(query.order_by(OperationRow.id))
    return [OperationId(operation_id) for operation_id in rows]


async def find_organiser_name(session: AsyncSession, organiser_id: UUID) -> str | None:
    return await session.scalar(select(OrganiserRow.name).where(OrganiserRow.id == organiser_id))

"""Queries of the materials of gatherings."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from services.community.domain.gatherings.problems import MaterialUnknown
from services.community.tables import GatheringMaterialRow


async def lock_material(session: AsyncSession, material_id: UUID) -> GatheringMaterialRow | None:
    """Return the one with this id, of whatever gathering."""
    await lock_names(session, "gathering material", [material_id])
    return await session.get(GatheringMaterialRow, material_id, populate_existing=True)


async def get_material(
    session: AsyncSession, gathering_id: UUID, material_id: UUID
) -> GatheringMaterialRow:
    """Raises MaterialUnknown."""
    row = await session.get(GatheringMaterialRow, material_id)
    if row is None or row.gathering_id != gathering_id:
        raise MaterialUnknown(f"The gathering has no material {material_id}.")
    return row


async def save_material(session: AsyncSession, row: GatheringMaterialRow) -> None:
    session.add(row)
    await session.flush()


async def delete_material(session: AsyncSession, row: GatheringMaterialRow) -> None:
    await session.delete(row)
    await session.flush()


async def list_materials(
    session: AsyncSession, gathering_id: UUID
) -> Sequence[GatheringMaterialRow]:
    """List the oldest first."""
    query = select(GatheringMaterialRow).where(GatheringMaterialRow.gathering_id == gathering_id)
    ordered = query.order_by(GatheringMaterialRow.added_at, GatheringMaterialRow.id)
    return (await session.scalars(ordered)).all()

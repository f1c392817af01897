"""Queries of the places of points, and of the legal basis of operations."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm
from services.community.domain.feasibility.perimeter import (
    LegalBasis,
    Location,
    PlaceSource,
    PointSite,
    Policy,
    Voltage,
)
from services.community.domain.feasibility.reference import Basis, Zone
from services.community.domain.members.registry import MemberKind
from services.community.domain.problems import BasisUnknown, LocationUnknown
from services.community.tables import LegalBasisRow, MemberRow, PointLocationRow, PointRow


async def save_location(
    session: AsyncSession, prm: Prm, location: Location, *, at: datetime, by: str
) -> PointLocationRow:
    content = vars(location) | {"recorded_at": at, "recorded_by": by} | vars(location.place)
    del content["place"]
    upsert = (
        insert(PointLocationRow)
        .values(prm=prm, **content)
        .on_conflict_do_update(index_elements=["prm"], set_=content)
        .returning(PointLocationRow)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(upsert)).one()


async def get_location(session: AsyncSession, prm: Prm) -> PointLocationRow:
    """Raises LocationUnknown."""
    row = await session.get(PointLocationRow, prm)
    if row is None:
        raise LocationUnknown(f"Nobody has recorded the place of point {prm}.")
    return row


def to_location(row: PointLocationRow) -> Location:
    return Location(
        place=row.place,
        source=cast("PlaceSource", row.source),
        voltage=cast("Voltage", row.voltage),
        commune=row.commune,
    )


async def map_sites(session: AsyncSession, prms: Collection[Prm]) -> Mapping[Prm, PointSite]:
    query = (
        select(PointRow, PointLocationRow)
        .outerjoin(PointLocationRow, PointLocationRow.prm == PointRow.prm)
        .where(PointRow.prm.in_(prms))
    )
    return {
        point.prm: PointSite(
            to_location(location) if location else None,
            point.installed_power_w,
            point.production_kind,
        )
        for point, location in await session.execute(query)
    }


async def map_kinds(
    session: AsyncSession, member_ids: Collection[UUID]
) -> Mapping[UUID, MemberKind]:
    query = select(MemberRow.id, MemberRow.kind).where(MemberRow.id.in_(member_ids))
    return {row.id: row.kind for row in await session.execute(query)}


async def save_basis(
    session: AsyncSession, operation_id: OperationId, basis: LegalBasis, *, at: datetime, by: str
) -> LegalBasisRow:
    content = vars(basis) | {"recorded_at": at, "recorded_by": by}
    content["communes"] = sorted(basis.communes)
    upsert = (
        insert(LegalBasisRow)
        .values(operation_id=operation_id, **content)
        .on_conflict_do_update(index_elements=["operation_id"], set_=content)
        .returning(LegalBasisRow)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(upsert)).one()


async def get_basis(session: AsyncSession, operation_id: OperationId) -> LegalBasisRow:
    """Raises BasisUnknown."""
    row = await session.get(LegalBasisRow, operation_id)
    if row is None:
        raise BasisUnknown(f"Nobody has recorded the legal basis of {operation_id}.")
    return row


async def find_basis(session: AsyncSession, operation_id: OperationId) -> LegalBasis | None:
    row = await session.get(LegalBasisRow, operation_id)
    if row is None:
        return None
    return LegalBasis(
        basis=Basis(row.basis),
        zone=Zone(row.zone),
        policy=Policy(row.policy),
        decision=row.decision,
        communes=frozenset(row.communes),
    )

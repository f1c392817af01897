"""Versions of issuer profiles and of accise regimes, in the order in which they were recorded."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import lock_names
from libs.common.database.arrays import among
from libs.common.ids import OperationId
from services.billing.domain.taxes.accise import AcciseEntry
from services.billing.domain.taxes.issuers import IssuerProfile
from services.billing.domain.versions import in_force
from services.billing.tables import AcciseRegimeRow, IssuerProfileRow

_profile = TypeAdapter(IssuerProfile)
_entry = TypeAdapter(AcciseEntry)


async def lock_versions(session: AsyncSession, whose: UUID | OperationId) -> None:
    """Keep others from recording versions of this one until the transaction ends."""
    await lock_names(session, "versions", [whose])


async def list_profiles(session: AsyncSession, member_id: UUID) -> Sequence[IssuerProfileRow]:
    rows = await session.scalars(
        select(IssuerProfileRow)
        .where(IssuerProfileRow.member_id == member_id)
        .order_by(IssuerProfileRow.number)
    )
    return rows.all()


async def map_profiles(
    session: AsyncSession, members: Collection[UUID], day: date
) -> dict[UUID, IssuerProfile]:
    """The profiles in force on a local day, by member."""
    rows = await session.scalars(
        select(IssuerProfileRow)
        .where(among(IssuerProfileRow.member_id, members))
        .order_by(IssuerProfileRow.number)
    )
    versions: defaultdict[UUID, list[IssuerProfile]] = defaultdict(list)
    for row in rows:
        versions[row.member_id].append(read_profile(row))
    current = {member_id: in_force(profiles, day) for member_id, profiles in versions.items()}
    return {member_id: profile for member_id, profile in current.items() if profile is not None}


def read_profile(row: IssuerProfileRow) -> IssuerProfile:
    return _profile.validate_python(row.profile)


async def add_profile(
    session: AsyncSession, member_id: UUID, number: int, profile: IssuerProfile
) -> None:
    session.add(
        IssuerProfileRow(
            member_id=member_id,
            number=number,
            recorded_at=now_in(session),
            profile=_profile.dump_python(profile, mode="json"),
        )
    )
    await session.flush()


async def list_accise_regimes(
    session: AsyncSession, operation_id: OperationId
) -> Sequence[AcciseRegimeRow]:
    rows = await session.scalars(
        select(AcciseRegimeRow)
        .where(AcciseRegimeRow.operation_id == operation_id)
        .order_by(AcciseRegimeRow.number)
    )
    return rows.all()


def read_accise_entry(row: AcciseRegimeRow) -> AcciseEntry:
    return _entry.validate_python(row.entry)


async def add_accise_entry(
    session: AsyncSession, operation_id: OperationId, number: int, entry: AcciseEntry
) -> None:
    session.add(
        AcciseRegimeRow(
            operation_id=operation_id,
            number=number,
            recorded_at=now_in(session),
            entry=_entry.dump_python(entry, mode="json"),
        )
    )
    await session.flush()

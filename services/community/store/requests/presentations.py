"""Queries of the public view of operations."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.community.domain.members.perimeter import Participation
from services.community.domain.requests.presentations import (
    NOT_PRESENTED,
    Presentation,
    PresentationUnknown,
    PublicOperation,
)
from services.community.store.members.registry import to_participation
from services.community.tables import (
    OperationRow,
    OrganiserRow,
    ParticipationRow,
    PresentationRow,
)


async def save_presentation(
    session: AsyncSession,
    operation_id: OperationId,
    presentation: Presentation,
    *,
    at: datetime,
    by: str,
) -> None:
    content = asdict(presentation) | {"recorded_at": at, "recorded_by": by}
    adding = insert(PresentationRow).values(operation_id=operation_id, **content)
    await session.execute(
        adding.on_conflict_do_update(index_elements=["operation_id"], set_=content)
    )


async def get_presentation(session: AsyncSession, operation_id: OperationId) -> Presentation:
    """Return the operation's own, or the one for hidden operations."""
    row = await session.get(PresentationRow, operation_id)
    return NOT_PRESENTED if row is None else _to_presentation(row)


async def list_public_operations(
    session: AsyncSession, *, after: OperationId | None, limit: int
) -> Sequence[PublicOperation]:
    """Return a page in order of id."""
    query = _public_operations().order_by(OperationRow.id).limit(limit)
    if after is not None:
        query = query.where(OperationRow.id > after)
    return [
        _to_public_operation(operation, organiser, row)
        for operation, organiser, row in await session.execute(query)
    ]


async def get_public_operation(session: AsyncSession, operation_id: OperationId) -> PublicOperation:
    """Raises PresentationUnknown."""
    rows = await session.execute(_public_operations().where(OperationRow.id == operation_id))
    row = rows.one_or_none()
    if row is None:
        raise PresentationUnknown(f"The public is shown no operation {operation_id}.")
    operation, organiser, presentation = row
    return _to_public_operation(operation, organiser, presentation)


async def map_participations(
    session: AsyncSession, operation_ids: Collection[OperationId], day: date
) -> Mapping[OperationId, Sequence[Participation]]:
    """Return each operation's participations on a local day; those without any are left out."""
    query = select(ParticipationRow).where(
        ParticipationRow.operation_id.in_(operation_ids),
        ParticipationRow.valid_from <= day,
        or_(ParticipationRow.valid_to.is_(None), ParticipationRow.valid_to > day),
    )
    participations = defaultdict[OperationId, list[Participation]](list)
    for row in await session.scalars(query):
        participations[row.operation_id].append(to_participation(row))
    return participations


def _public_operations() -> Select[OperationRow, OrganiserRow, PresentationRow]:
    return (
        select(OperationRow, OrganiserRow, PresentationRow)
        .join(OrganiserRow, OrganiserRow.id == OperationRow.organiser_id)
        .join(PresentationRow, PresentationRow.operation_id == OperationRow.id)
        .where(PresentationRow.is_public)
    )


def _to_public_operation(
    operation: OperationRow, organiser: OrganiserRow, row: PresentationRow
) -> PublicOperation:
    return PublicOperation(
        id=operation.id,
        name=operation.name,
        organiser_name=organiser.name,
        organiser_address=organiser.address,
        presentation=_to_presentation(row),
    )


def _to_presentation(row: PresentationRow) -> Presentation:
    return Presentation(**{field.name: getattr(row, field.name) for field in fields(Presentation)})

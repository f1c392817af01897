"""Queries of adoptions."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.allocation.domain.keys.adoptions import Adoption, AdoptionState
from services.allocation.tables import AdoptionRow

_FIELDS = [field.name for field in fields(Adoption)]


async def save_adoption(
    session: AsyncSession, adoption: Adoption, state: AdoptionState, *, at: datetime
) -> None:
    values = vars(adoption) | {"state": state, "judged_at": at}
    adding = insert(AdoptionRow).values(values)
    judgement = {"state": state, "judged_at": at}
    await session.execute(adding.on_conflict_do_update(index_elements=["poll_id"], set_=judgement))


async def list_waiting(
    session: AsyncSession, operations: Collection[OperationId]
) -> Sequence[Adoption]:
    """In order of the end of the poll."""
    query = select(AdoptionRow).where(
        AdoptionRow.operation_id.in_(operations), AdoptionRow.state == AdoptionState.WAITING
    )
    rows = await session.scalars(query.order_by(AdoptionRow.closed_at, AdoptionRow.poll_id))
    return [Adoption(**{name: getattr(row, name) for name in _FIELDS}) for row in rows]


async def list_adoptions(session: AsyncSession, operation_id: OperationId) -> Sequence[AdoptionRow]:
    """The latest first."""
    query = select(AdoptionRow).where(AdoptionRow.operation_id == operation_id)
    latest = query.order_by(AdoptionRow.closed_at.desc(), AdoptionRow.poll_id)
    return (await session.scalars(latest)).all()

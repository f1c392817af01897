"""Records that are kept out, and the decisions on them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    delete,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import copy_rows
from libs.common.database.arrays import among
from libs.common.database.scoped import is_sent_by
from libs.common.ids import Prm
from libs.common.scopes import Scope
from services.ingest.domain.problems import RecordUnknown
from services.ingest.domain.quarantine import QuarantineDecision, QuarantineState
from services.ingest.domain.refusals import RefusedRecord
from services.ingest.tables import DeliveryRow, ParticipationRow, QuarantinedRecordRow

T = TypeVar("T")


class Identity(NamedTuple):
    """The fields that distinguish one refused record of a delivery from the others."""

    position: str
    record: str
    code: str


@dataclass(frozen=True, kw_only=True)
class QuarantineFilters:
    """The filter of records; None is any."""

    delivery_id: UUID | None = None
    code: str | None = None
    state: QuarantineState | None = None
    prm: Prm | None = None


async def add_quarantined(
    session: AsyncSession, delivery_id: UUID, records: Sequence[RefusedRecord]
) -> None:
    """Add records, numbered from 1 in their order, after those that the delivery has."""
    if not records:
        return
    row = QuarantinedRecordRow
    last = select(func.coalesce(func.max(row.number), 0)).where(row.delivery_id == delivery_id)
    first = (await session.execute(last)).scalar_one() + 1
    await copy_rows(
        session,
        QuarantinedRecordRow.__tablename__,
        columns=["delivery_id", "number", *RefusedRecord._fields],
        rows=(
            (delivery_id, number, *map(_storable, record))
            for number, record in enumerate(records, start=first)
        ),
    )


async def forget_open(session: AsyncSession, delivery_id: UUID) -> None:
    """Remove the undecided records of a delivery."""
    row = QuarantinedRecordRow
    open_ = delete(row).where(row.delivery_id == delivery_id, row.state == QuarantineState.OPEN)
    await session.execute(open_.execution_options(synchronize_session=False))


async def count_decided(session: AsyncSession, delivery_id: UUID) -> Counter[Identity]:
    """Count the decided records of a delivery, by their identity."""
    row = QuarantinedRecordRow
    decided = select(row.position, row.record, row.code).where(
        row.delivery_id == delivery_id, row.state != QuarantineState.OPEN
    )
    return Counter(Identity(*decided_row) for decided_row in await session.execute(decided))


def identity_of(record: RefusedRecord) -> Identity:
    """Return the identity of the record as it is kept."""
    return Identity(*(_storable(value) for value in (record.position, record.record, record.code)))


def _storable(value: T) -> T | str:
    # PostgreSQL keeps any character in a text but NUL.
    return value.replace("\x00", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


async def list_quarantined(
    session: AsyncSession, filters: QuarantineFilters, scope: Scope, *, after: int, limit: int
) -> Sequence[QuarantinedRecordRow]:
    """Return records in order of arrival; after is the last id seen."""
    query = (
        select(QuarantinedRecordRow)
        .where(*_filtered(filters), *_within(scope), QuarantinedRecordRow.id > after)
        .order_by(QuarantinedRecordRow.id)
        .limit(limit)
    )
    return (await session.execute(query)).scalars().all()


async def list_sent(
    session: AsyncSession, delivery_ids: Collection[UUID], sender: str
) -> Collection[UUID]:
    """Return those of these deliveries that the sender sent."""
    query = select(DeliveryRow.id).where(
        DeliveryRow.id.in_(delivery_ids), DeliveryRow.senders.contains([sender])
    )
    return set((await session.execute(query)).scalars())


async def list_of_delivery(
    session: AsyncSession, filters: QuarantineFilters, *, after: int, limit: int
) -> Sequence[QuarantinedRecordRow]:
    """Return records in the order of their numbers; after is the last number seen."""
    query = (
        select(QuarantinedRecordRow)
        .where(*_filtered(filters), QuarantinedRecordRow.number > after)
        .order_by(QuarantinedRecordRow.number)
        .limit(limit)
    )
    return (await session.execute(query)).scalars().all()


async def count_by_code(
    session: AsyncSession, filters: QuarantineFilters, scope: Scope
) -> Mapping[tuple[str, str], int]:
    """Count the records of each code in each state."""
    columns = QuarantinedRecordRow.code, QuarantinedRecordRow.state
    query = (
        select(*columns, func.count())
        .where(*_filtered(filters), *_within(scope))
        .group_by(*columns)
        .order_by(*columns)
    )
    return {(code, state): count for code, state, count in await session.execute(query)}


async def get_for_update(
    session: AsyncSession, delivery_id: UUID, number: int
) -> QuarantinedRecordRow:
    """Return a record, locked. Raises RecordUnknown."""
    row = await session.get(QuarantinedRecordRow, (delivery_id, number), with_for_update=True)
    if row is None:
        raise RecordUnknown(f"The delivery has no quarantined record {number}.")
    return row


async def list_open_readings(
    session: AsyncSession, delivery_id: UUID, *, code: str
) -> Sequence[QuarantinedRecordRow]:
    """Return a code's open records that read as readings, locked, in order of their numbers."""
    open_ = QuarantineFilters(delivery_id=delivery_id, code=code, state=QuarantineState.OPEN)
    query = (
        select(QuarantinedRecordRow)
        .where(*_filtered(open_), QuarantinedRecordRow.prm.is_not(None))
        .order_by(QuarantinedRecordRow.number)
        .with_for_update()
    )
    return (await session.execute(query)).scalars().all()


async def decide(
    session: AsyncSession,
    delivery_id: UUID,
    decision: QuarantineDecision,
    *,
    at: datetime,
    numbers: Collection[int] | None = None,
    code: str | None = None,
    replacement: str | None = None,
) -> int:
    """Settle the open records with these numbers, or of this code; return how many they were."""
    row = QuarantinedRecordRow
    condition = row.code == code
    if numbers is not None:
        condition = among(row.number, numbers)
    settled = (
        update(row)
        .where(row.delivery_id == delivery_id, row.state == QuarantineState.OPEN, condition)
        .values(
            state=decision.state,
            decided_at=at,
            decided_by=decision.by,
            decided_because=decision.because,
            replacement=replacement,
        )
        .returning(row.number)
        .execution_options(synchronize_session=False)
    )
    return len((await session.execute(settled)).all())


def _filtered(filters: QuarantineFilters) -> list[ColumnElement[bool]]:
    row = QuarantinedRecordRow
    values = {
        row.delivery_id: filters.delivery_id,
        row.code: filters.code,
        row.state: filters.state,
        row.prm: filters.prm,
    }
    return [column == value for column, value in values.items() if value is not None]


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    if scope.operations is None:
        return []
    row, participation = QuarantinedRecordRow, ParticipationRow
    in_operations = (
        select(true())
        .where(
            participation.operation_id.in_(scope.operations),
            participation.prm == row.prm,
            participation.direction == row.direction,
            participation.valid_from <= row.day,
            or_(participation.valid_to.is_(None), row.day < participation.valid_to),
        )
        .exists()
    )
    sent = (
        select(true())
        .where(DeliveryRow.id == row.delivery_id, is_sent_by(DeliveryRow.senders, scope))
        .exists()
    )
    # Without a sender PostgreSQL finds the records by the points; with the OR it reads them all.
    return [in_operations if scope.sender is None else or_(in_operations, sent)]

"""Re-requests to the DSO: recorded by staff, carried out by pullers.

A puller calls ``take_due`` in one transaction, asks the DSO, and records the outcome with
``note_attempt`` in another. The answer is received as any delivery, which resolves the re-request.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import shared_now
from libs.common.database import lock_names
from libs.common.database.arrays import among
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.problems import ReRequestUnknown
from services.ingest.domain.re_requests import (
    Flow,
    MissingDays,
    ReRequestStatus,
    next_attempt,
)
from services.ingest.domain.tallies import Tally
from services.ingest.store.closed import count_closed, delete_closed
from services.ingest.tables import PullJobRow, ReRequestRow

# Written out: a partial index is only used for a condition that is written like its own.
_IS_WAITING = ReRequestRow.status == literal_column(f"'{ReRequestStatus.WAITING}'")


async def lock(session: AsyncSession, operation_id: OperationId) -> None:
    """Be alone in re-requesting for an operation, until the transaction ends."""
    await lock_names(session, "ingest re-requests", [operation_id])


async def take_due(
    session: AsyncSession, flows: Collection[Flow], *, now: datetime, lease: timedelta, limit: int
) -> Sequence[ReRequestRow]:
    """Lease those to be asked for now, longest due first.

    No row stays locked while the DSO is asked: the recorder would wait for its answer. If the
    process dies meanwhile, they become due again when the lease ends.
    """
    query = (
        select(ReRequestRow)
        .where(_IS_WAITING, ReRequestRow.flow.in_(flows), ReRequestRow.next_attempt_at <= now)
        .order_by(ReRequestRow.next_attempt_at, ReRequestRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    re_requests = (await session.execute(query)).scalars().all()
    for re_request in re_requests:
        re_request.next_attempt_at = now + lease
    return re_requests


async def find_next_due(session: AsyncSession, flows: Collection[Flow]) -> datetime | None:
    """Return when the next re-request of these flows is due, including leased ones."""
    query = select(func.min(ReRequestRow.next_attempt_at))
    due_at: datetime | None = await session.scalar(
        query.where(_IS_WAITING, ReRequestRow.flow.in_(flows))
    )
    return due_at


async def note_attempt(
    session: AsyncSession,
    operation_id: OperationId,
    re_request_id: UUID,
    *,
    at: datetime,
    problem: str | None,
) -> ReRequestRow:
    """Record that the DSO was asked; it is asked again after a pause, unless the readings come.

    Changes nothing if the re-request is closed by now.
    problem: what went wrong, None if the DSO took the question. It must not name a point.
    Raises ReRequestUnknown.
    """
    re_request = await get_for_update(session, operation_id, re_request_id)
    if re_request.status != ReRequestStatus.WAITING:
        return re_request
    re_request.attempts += 1
    re_request.last_attempt_at = at
    re_request.last_problem = problem
    re_request.next_attempt_at = next_attempt(re_request.attempts, at)
    if re_request.next_attempt_at is None:
        _close(re_request, ReRequestStatus.GIVEN_UP, at=at)
    return re_request


def withdraw(re_request: ReRequestRow, *, at: datetime) -> None:
    """Withdraw it; changes nothing if it is closed already."""
    if re_request.status == ReRequestStatus.WAITING:
        _close(re_request, ReRequestStatus.WITHDRAWN, at=at)


def _close(re_request: ReRequestRow, status: ReRequestStatus, *, at: datetime) -> None:
    re_request.status = status
    re_request.next_attempt_at = None
    re_request.closed_at = at


async def resolve(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Close these re-requests, as their readings have come."""
    resolved = (
        update(ReRequestRow)
        .where(ReRequestRow.id.in_(ids), _IS_WAITING)
        .values(
            status=ReRequestStatus.RESOLVED, next_attempt_at=None, closed_at=shared_now(session)
        )
        .execution_options(synchronize_session=False)
    )
    await session.execute(resolved)


async def add_re_requests(
    session: AsyncSession,
    operation_id: OperationId,
    lacks: Iterable[MissingDays],
    *,
    asked_by: str,
    now: datetime,
) -> None:
    rows = [
        {
            "id": uuid4(),
            "operation_id": operation_id,
            "prm": lack.prm,
            "direction": lack.direction,
            "from_day": lack.from_day,
            "to_day": lack.to_day,
            "flow": lack.flow,
            "status": ReRequestStatus.WAITING,
            "asked_by": asked_by,
            "created_at": now,
            "attempts": 0,
            "next_attempt_at": now,
        }
        for lack in lacks
    ]
    if rows:
        await session.execute(insert(ReRequestRow), rows)


async def get_for_update(
    session: AsyncSession, operation_id: OperationId, re_request_id: UUID
) -> ReRequestRow:
    """Return a re-request of this operation. Raises ReRequestUnknown."""
    query = select(ReRequestRow).where(
        ReRequestRow.id == re_request_id, ReRequestRow.operation_id == operation_id
    )
    fresh = query.with_for_update().execution_options(populate_existing=True)
    re_request = (await session.execute(fresh)).scalar_one_or_none()
    if re_request is None:
        raise ReRequestUnknown(f"{operation_id} has no re-request {re_request_id}.")
    return re_request


async def list_in(
    session: AsyncSession, operation_id: OperationId, *, from_day: date, to_day: date
) -> Sequence[ReRequestRow]:
    """Return those that overlap ``[from_day, to_day)``, in order of point and day."""
    query = select(ReRequestRow).where(
        ReRequestRow.operation_id == operation_id,
        ReRequestRow.from_day < to_day,
        ReRequestRow.to_day > from_day,
    )
    ordered = query.order_by(
        ReRequestRow.prm, ReRequestRow.direction, ReRequestRow.from_day, ReRequestRow.created_at
    )
    return (await session.execute(ordered)).scalars().all()


async def list_waiting(session: AsyncSession, prms: Collection[Prm]) -> Sequence[ReRequestRow]:
    """Return the waiting re-requests of these points, in any operation."""
    query = select(ReRequestRow).where(_IS_WAITING, among(ReRequestRow.prm, prms))
    return (await session.execute(query)).scalars().all()


async def list_waiting_points(session: AsyncSession, operation_id: OperationId) -> Sequence[Prm]:
    query = select(ReRequestRow.prm).where(_IS_WAITING, ReRequestRow.operation_id == operation_id)
    return (await session.execute(query.distinct())).scalars().all()


async def map_last_formats(
    session: AsyncSession, points: Collection[tuple[Prm, Direction]]
) -> Mapping[tuple[Prm, Direction], str]:
    """Return the format of the delivery with the last day of each point that has readings."""
    query = text("""
        SELECT point.prm, point.direction, last.format
        FROM unnest(CAST(:prms AS text[]), CAST(:directions AS text[])) AS point (prm, direction)
        CROSS JOIN LATERAL (
            SELECT delivery.formats[1] AS format
            FROM reading_block AS block
            JOIN delivery ON delivery.id = block.delivery_id
            WHERE block.prm = point.prm AND block.direction = point.direction
                AND delivery.organiser IS NULL
            ORDER BY block.day DESC, block.step_min DESC, block.revision DESC
            LIMIT 1
        ) AS last
    """)
    prms = [prm for prm, _ in points]
    directions = [direction.value for _, direction in points]
    rows = await session.execute(query, {"prms": prms, "directions": directions})
    return {(row.prm, Direction(row.direction)): row.format or "" for row in rows}


async def delete_old(session: AsyncSession, *, closed_before: datetime, limit: int) -> Tally:
    """Delete some that were closed before."""
    return await delete_closed(session, ReRequestRow, _ended(closed_before), limit=limit)


async def count_old(session: AsyncSession, *, closed_before: datetime) -> Tally:
    return await count_closed(session, ReRequestRow, _ended(closed_before))


def _ended(cutoff: datetime) -> list[ColumnElement[bool]]:
    # Kept as long as a question to the DSO refers to it.
    questions = select(PullJobRow.id).where(PullJobRow.re_request_id == ReRequestRow.id)
    return [ReRequestRow.closed_at < cutoff, ~questions.exists()]

"""Queries of requests."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.community.domain.feasibility.places import Coordinates
from services.community.domain.requests.problems import RequestUnknown
from services.community.domain.requests.request import (
    PointKind,
    Request,
    Stage,
    StageFigures,
)
from services.community.tables import (
    RequestNoteRow,
    RequestPurgeRow,
    RequestRow,
    RequestStepRow,
)

_points = TypeAdapter(dict[PointKind, int])
_ENDED = (Stage.OPERATION, Stage.DECLINED)


async def add_request(
    session: AsyncSession, request: Request, *, secret_sha256: str, received_at: datetime
) -> RequestRow:
    place = request.place
    content = {
        name: value for name, value in vars(request).items() if name not in {"place", "plants_kwc"}
    }
    row = RequestRow(
        **content,
        secret_sha256=secret_sha256,
        received_at=received_at,
        latitude_deg=place and place.latitude_deg,
        longitude_deg=place and place.longitude_deg,
        plants_kwc=list(request.plants_kwc),
        kwc=sum(request.plants_kwc),
        point_count=sum(request.points.values()),
        stage=Stage.RECEIVED,
        stage_since=received_at,
        touched_at=received_at,
    )
    session.add(row)
    await session.flush()
    return row


def place_of(row: RequestRow) -> Coordinates | None:
    if row.latitude_deg is None or row.longitude_deg is None:
        return None
    return Coordinates(row.latitude_deg, row.longitude_deg)


def to_request(row: RequestRow) -> Request:
    return Request(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        organisation=row.organisation,
        siren=row.siren,
        commune=row.commune,
        address=row.address,
        place=place_of(row),
        points=_points.validate_python(row.points),
        plants_kwc=row.plants_kwc,
        reason=row.reason,
        may_be_contacted=row.may_be_contacted,
    )


async def find_request(session: AsyncSession, request_id: UUID) -> RequestRow | None:
    return await session.get(RequestRow, request_id)


async def get_request(session: AsyncSession, request_id: UUID, *, lock: bool = False) -> RequestRow:
    """Raises RequestUnknown."""
    row = await session.get(
        RequestRow, request_id, with_for_update={"key_share": True} if lock else None
    )
    if row is None:
        raise RequestUnknown(f"There is no request {request_id}.")
    return row


async def is_set_up(session: AsyncSession, operation_id: OperationId) -> bool:
    """Return whether a request became the operation."""
    query = select(RequestRow.id).where(RequestRow.operation_id == operation_id)
    return await session.scalar(query) is not None


async def list_requests(
    session: AsyncSession,
    *,
    stage: Stage | None,
    assigned_to: UUID | None,
    due_before: date | None,
    after: UUID | None,
    limit: int,
) -> Sequence[RequestRow]:
    """List the latest first; due_before: unfinished ones whose next action was due before.

    after: the last one of the previous page. Raises RequestUnknown.
    """
    query = select(RequestRow)
    if stage is not None:
        query = query.where(RequestRow.stage == stage)
    if assigned_to is not None:
        query = query.where(RequestRow.assigned_to == assigned_to)
    if due_before is not None:
        query = query.where(RequestRow.next_action_on < due_before, RequestRow.stage.not_in(_ENDED))
    if after is not None:
        last = await get_request(session, after)
        place = tuple_(RequestRow.received_at, RequestRow.id)
        query = query.where(place < (last.received_at, last.id))
    latest = query.order_by(RequestRow.received_at.desc(), RequestRow.id.desc())
    return (await session.scalars(latest.limit(limit))).all()


async def count_stages(session: AsyncSession) -> Mapping[Stage, StageFigures]:
    """Return figures of the stages that have requests."""
    query = select(
        RequestRow.stage,
        func.count(),
        func.min(RequestRow.received_at),
        func.sum(RequestRow.kwc),
        func.sum(RequestRow.point_count),
    ).group_by(RequestRow.stage)
    return {
        Stage(stage): StageFigures(
            stage=Stage(stage), count=count, oldest=oldest, kwc=kwc, point_count=point_count
        )
        for stage, count, oldest, kwc, point_count in await session.execute(query)
    }


async def add_step(
    session: AsyncSession, row: RequestRow, to_stage: Stage, *, reason: str | None, by: str
) -> None:
    """Add it to the request, which the caller has locked, at touched_at.

    Not flushed: the caller may have more to change in the row, and constraints check it at once.
    """
    steps = await list_steps(session, row.id)
    step = RequestStepRow(
        request_id=row.id,
        number=len(steps) + 1,
        from_stage=row.stage,
        to_stage=to_stage,
        reason=reason,
        at=row.touched_at,
        by=by,
    )
    session.add(step)
    row.stage, row.stage_since = to_stage, row.touched_at


async def list_steps(session: AsyncSession, request_id: UUID) -> Sequence[RequestStepRow]:
    query = select(RequestStepRow).where(RequestStepRow.request_id == request_id)
    return (await session.scalars(query.order_by(RequestStepRow.number))).all()


async def find_note(
    session: AsyncSession, request_id: UUID, note_id: UUID
) -> RequestNoteRow | None:
    return await session.get(RequestNoteRow, (request_id, note_id))


async def add_note(session: AsyncSession, note: RequestNoteRow) -> None:
    session.add(note)
    await session.flush()


async def list_notes(session: AsyncSession, request_id: UUID) -> Sequence[RequestNoteRow]:
    """In the order of writing."""
    query = select(RequestNoteRow).where(RequestNoteRow.request_id == request_id)
    return (await session.scalars(query.order_by(RequestNoteRow.at, RequestNoteRow.id))).all()


async def delete_untouched(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete so many of the requests untouched since then; return how many."""
    oldest = (
        select(RequestRow.id)
        .where(RequestRow.touched_at < before)
        .order_by(RequestRow.touched_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    deleted = await session.scalars(
        delete(RequestRow).where(RequestRow.id.in_(oldest)).returning(RequestRow.id)
    )
    return len(deleted.all())


async def add_purge(session: AsyncSession, purge: RequestPurgeRow) -> None:
    session.add(purge)
    await session.flush()


async def list_purges(
    session: AsyncSession, *, before: datetime | None, limit: int
) -> Sequence[RequestPurgeRow]:
    """List the latest first."""
    query = select(RequestPurgeRow).order_by(RequestPurgeRow.at.desc()).limit(limit)
    if before is not None:
        query = query.where(RequestPurgeRow.at < before)
    return (await session.scalars(query)).all()

"""Questions to the DSO's APIs: who asks the next one, and what became of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
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

from libs.common.database.arrays import among
from libs.common.ids import Direction, OperationId
from services.ingest.domain.deliveries.deliveries import DeliveryStatus
from services.ingest.domain.pulls import PullSource, PullState, Question, Resource
from services.ingest.domain.pulls.planning import PointSide
from services.ingest.domain.pulls.rate import Bucket
from services.ingest.domain.tallies import Tally
from services.ingest.store.closed import count_closed, delete_closed
from services.ingest.tables import DeliveryRow, PullJobRow, PullSourceRow, ReRequestRow

# Written out: a partial index is only used for a condition that is written like its own.
_IS_WAITING = PullJobRow.state == literal_column(f"'{PullState.WAITING}'")


async def find_planned_to(session: AsyncSession, source: PullSource) -> date | None:
    query = select(PullSourceRow.planned_to).where(PullSourceRow.source == source)
    return (await session.execute(query)).scalar_one_or_none()


async def lock_source(session: AsyncSession, source: PullSource) -> PullSourceRow:
    """Be alone in planning and taking questions of a source, until the transaction ends.

    To lock a question too, lock its source first.
    """
    long_ago = datetime.fromtimestamp(0, UTC)
    first = insert(PullSourceRow).values(source=source, next_at=long_ago, full_at=long_ago)
    await session.execute(first.on_conflict_do_nothing())
    locked = select(PullSourceRow).where(PullSourceRow.source == source).with_for_update()
    fresh = locked.execution_options(populate_existing=True)
    return (await session.execute(fresh)).scalar_one()


async def find_source(session: AsyncSession, source: PullSource) -> PullSourceRow | None:
    return await session.get(PullSourceRow, source, populate_existing=True)


def bucket_of(row: PullSourceRow) -> Bucket:
    return Bucket(row.next_at, row.full_at)


def save_bucket(row: PullSourceRow, bucket: Bucket) -> None:
    row.next_at, row.full_at = bucket.next_at, bucket.full_at


def note_problem(row: PullSourceRow, problem: str, *, at: datetime) -> None:
    """Note that the source answers none of our questions. at: since when, unless that is known."""
    if row.problem != problem:
        row.problem, row.problem_since = problem, at


async def forget_problem(session: AsyncSession, source: PullSource) -> None:
    """Note that the source answers again; without a problem, no row is locked."""
    had_one = update(PullSourceRow).where(
        PullSourceRow.source == source, PullSourceRow.problem.is_not(None)
    )
    await session.execute(
        had_one.values(problem=None, problem_since=None).execution_options(
            synchronize_session=False
        )
    )


async def map_problems(session: AsyncSession) -> Mapping[PullSource, tuple[str, datetime]]:
    """Return the sources that do not answer: why, and since when.

    Only sources with a waiting question are returned: without one, nothing would ever show that
    they answer.
    """
    waiting = select(PullJobRow.id).where(_IS_WAITING, PullJobRow.source == PullSourceRow.source)
    query = select(PullSourceRow).where(PullSourceRow.problem.is_not(None), waiting.exists())
    return {
        PullSource(row.source): (row.problem, row.problem_since)
        for row in await session.scalars(query)
        if row.problem and row.problem_since
    }


async def add_jobs(
    session: AsyncSession,
    questions: Sequence[Question],
    *,
    asked_by: str,
    now: datetime,
    re_request_id: UUID | None = None,
) -> int:
    """Add questions; return how many are new. Those that wait already stay as they are."""
    query = text("""
        INSERT INTO pull_job (
            id, source, resource, operation_id, prm, direction, from_day, to_day,
            asked_by, re_request_id, state, created_at, attempts, next_attempt_at
        )
        SELECT question.*, :asked_by, CAST(:re_request_id AS uuid), 'waiting', :now, 0, :now
        FROM unnest(
            CAST(:ids AS uuid[]), CAST(:sources AS text[]), CAST(:resources AS text[]),
            CAST(:operations AS text[]), CAST(:prms AS text[]), CAST(:directions AS text[]),
            CAST(:from_days AS date[]), CAST(:to_days AS date[])
        ) AS question
        ON CONFLICT DO NOTHING
        RETURNING id
    """)
    values = {
        "ids": [uuid4() for _ in questions],
        "sources": [question.source.value for question in questions],
        "resources": [question.resource.value for question in questions],
        "operations": [question.operation_id for question in questions],
        "prms": [question.prm for question in questions],
        "directions": [question.direction and question.direction.value for question in questions],
        "from_days": [question.from_day for question in questions],
        "to_days": [question.to_day for question in questions],
    }
    shared_values = {"asked_by": asked_by, "re_request_id": re_request_id, "now": now}
    return len((await session.execute(query, values | shared_values)).all())


async def has_due(session: AsyncSession, source: PullSource, *, now: datetime) -> bool:
    query = select(PullJobRow.id).where(
        _IS_WAITING, PullJobRow.source == source, PullJobRow.next_attempt_at <= now
    )
    return (await session.execute(query.limit(1))).first() is not None


async def find_next_due(session: AsyncSession, source: PullSource) -> datetime | None:
    """Return when the next question is due, including leased ones."""
    query = select(func.min(PullJobRow.next_attempt_at))
    due_at: datetime | None = await session.scalar(
        query.where(_IS_WAITING, PullJobRow.source == source)
    )
    return due_at


async def find_due(
    session: AsyncSession, source: PullSource, *, now: datetime
) -> PullJobRow | None:
    """Return the question that is due longest and not locked; locked until the transaction ends."""
    query = (
        select(PullJobRow)
        .where(_IS_WAITING, PullJobRow.source == source, PullJobRow.next_attempt_at <= now)
        .order_by(PullJobRow.next_attempt_at, PullJobRow.from_day, PullJobRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(query)).scalar_one_or_none()


def lease(job: PullJobRow, until: datetime) -> None:
    """Lease the question until then; if we die over it, it becomes due again."""
    job.attempts += 1
    job.next_attempt_at = until


async def find_leased(session: AsyncSession, job: PullJobRow) -> PullJobRow | None:
    """Return the same question, to note its answer; None if our lease ended and others took it."""
    query = select(PullJobRow).where(
        PullJobRow.id == job.id, _IS_WAITING, PullJobRow.next_attempt_at == job.next_attempt_at
    )
    fresh = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(fresh)).scalar_one_or_none()


def close(job: PullJobRow, state: PullState, *, at: datetime, problem: str | None = None) -> None:
    job.state = state
    job.closed_at = at
    job.next_attempt_at = None
    job.last_problem = problem


def put_off(job: PullJobRow, until: datetime, *, problem: str, counts: bool) -> None:
    """Ask again later. counts: whether this attempt counts towards giving up."""
    job.next_attempt_at = until
    job.last_problem = problem
    job.attempts -= 0 if counts else 1


async def find_same_answer(
    session: AsyncSession, question: Question, body_sha256: str
) -> UUID | None:
    """Return the delivery of the last answer to this question, if it was the same and kept."""
    last = (
        select(PullJobRow.body_sha256, PullJobRow.delivery_id)
        .where(*_asks(question), PullJobRow.state == PullState.DONE)
        .order_by(PullJobRow.closed_at.desc())
        .limit(1)
        .subquery()
    )
    query = select(last.c.delivery_id).join(DeliveryRow, DeliveryRow.id == last.c.delivery_id)
    same = query.where(
        last.c.body_sha256 == body_sha256, DeliveryRow.status != DeliveryStatus.FAILED
    )
    return (await session.execute(same)).scalar_one_or_none()


def _asks(question: Question) -> list[ColumnElement[bool]]:
    columns = vars(question)
    return [getattr(PullJobRow, name).is_not_distinct_from(columns[name]) for name in columns]


async def list_jobs(
    session: AsyncSession, *, state: PullState | None, source: PullSource | None, limit: int
) -> Sequence[PullJobRow]:
    """Return the newest first."""
    query = select(PullJobRow).order_by(PullJobRow.created_at.desc(), PullJobRow.id)
    if state is not None:
        query = query.where(PullJobRow.state == state)
    if source is not None:
        query = query.where(PullJobRow.source == source)
    return (await session.execute(query.limit(limit))).scalars().all()


async def is_waiting_for(session: AsyncSession, re_request_id: UUID) -> bool:
    """Return whether a question of this re-request waits to be asked, or to be asked again."""
    query = select(PullJobRow.id).where(_IS_WAITING, PullJobRow.re_request_id == re_request_id)
    return (await session.execute(query.limit(1))).first() is not None


async def delete_old_jobs(session: AsyncSession, *, closed_before: datetime, limit: int) -> Tally:
    """Delete some of the oldest questions that were closed before."""
    return await delete_closed(session, PullJobRow, _ended(closed_before), limit=limit)


async def count_old_jobs(session: AsyncSession, *, closed_before: datetime) -> Tally:
    return await count_closed(session, PullJobRow, _ended(closed_before))


def _ended(cutoff: datetime) -> list[ColumnElement[bool]]:
    # The first condition alone would do; the second has an index.
    return [PullJobRow.closed_at < cutoff, PullJobRow.created_at < cutoff]


async def take_outcome(
    session: AsyncSession, re_request_id: UUID
) -> tuple[OperationId, str | None] | None:
    """Return the outcome of a re-request's questions: its operation, and what went wrong.

    Returned once; None while one of its questions waits.
    """
    jobs = select(PullJobRow).where(PullJobRow.re_request_id == re_request_id)
    rows = (await session.execute(jobs.order_by(PullJobRow.closed_at))).scalars().all()
    if any(row.state == PullState.WAITING for row in rows):
        return None
    for row in rows:
        row.re_request_id = None
    problems = [row.last_problem for row in rows if row.state != PullState.DONE]
    query = select(ReRequestRow.operation_id).where(ReRequestRow.id == re_request_id)
    operation_id = (await session.execute(query)).scalar_one()
    return operation_id, problems[-1] if problems else None


async def list_refused_points(
    session: AsyncSession, prms: Collection[str], *, now: datetime, within: timedelta
) -> set[PointSide]:
    """Return the points that the DSO has lately refused to answer about through Data Connect."""
    query = select(PullJobRow.prm, PullJobRow.direction).where(
        among(PullJobRow.prm, prms),
        PullJobRow.source == PullSource.DATA_CONNECT,
        PullJobRow.closed_at > now - within,
    )
    grouped = query.group_by(PullJobRow.prm, PullJobRow.direction)
    # A point that was answered since is no longer refused.
    refused_last = func.max(PullJobRow.closed_at).filter(
        PullJobRow.state == PullState.REFUSED
    ) == func.max(PullJobRow.closed_at)
    rows = (await session.execute(grouped.having(refused_last))).all()
    return {(row.prm, Direction(row.direction)) for row in rows}


def question_of(job: PullJobRow) -> Question:
    return Question(
        PullSource(job.source),
        Resource(job.resource),
        job.operation_id,
        job.prm,
        Direction(job.direction) if job.direction else None,
        job.from_day,
        job.to_day,
    )

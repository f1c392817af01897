"""Submissions to platforms; the worker of a submission holds the lock of its row."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import ring_after_commit
from libs.common.database.arrays import among
from libs.common.ids import OperationId
from services.billing.domain.e_invoicing.channels import Channel, Dispatch
from services.billing.domain.e_invoicing.submissions import (
    TO_LOOK_AT,
    PlatformAnswer,
    SubmissionState,
)
from services.billing.tables import InvoiceRow, SubmissionEventRow, SubmissionRow

_WAITING = (SubmissionState.QUEUED, SubmissionState.SENDING)


async def add_submissions(
    session: AsyncSession, dispatched: Sequence[tuple[UUID, UUID, Dispatch]], *, now: datetime
) -> None:
    """Add submissions of documents (invoice, issuer, dispatch); existing ones stay."""
    rows = [
        {
            "id": uuid4(),
            "channel": dispatch.channel,
            "issuer_id": issuer_id,
            "invoice_id": invoice_id,
            "state": SubmissionState.QUEUED if dispatch.is_due else SubmissionState.NOT_DUE,
            "why": dispatch.why,
            "created_at": now,
            "next_at": now if dispatch.is_due else None,
        }
        for invoice_id, issuer_id, dispatch in dispatched
    ]
    if not rows:
        return
    add = insert(SubmissionRow).on_conflict_do_nothing(index_elements=["invoice_id"])
    added = await session.scalars(add.returning(SubmissionRow.id), rows)
    ids = set(added)
    events = [
        {"submission_id": row["id"], "number": 1, "at": now, "state": row["state"]}
        for row in rows
        if row["id"] in ids
    ]
    if events:
        await session.execute(insert(SubmissionEventRow), events)
    ring_after_commit(session)


async def add_report_submission(
    session: AsyncSession, report_id: UUID, issuer_id: UUID, why: str, *, now: datetime
) -> SubmissionRow:
    row = SubmissionRow(
        id=uuid4(),
        channel=Channel.B2C,
        issuer_id=issuer_id,
        e_report_id=report_id,
        state=SubmissionState.QUEUED,
        why=why,
        created_at=now,
        next_at=now,
        attempts=0,
        looks=0,
    )
    session.add(row)
    await session.flush()
    await add_event(session, row, PlatformAnswer(SubmissionState.QUEUED), at=now)
    ring_after_commit(session)
    return row


async def add_event(
    session: AsyncSession, row: SubmissionRow, answer: PlatformAnswer, *, at: datetime
) -> None:
    """Append an answer to the history, unless it equals the last event."""
    last = await find_last_event(session, row.id)
    if last and (last.state, last.platform_code, last.reason) == answer.words:
        return
    session.add(
        SubmissionEventRow(
            submission_id=row.id,
            number=last.number + 1 if last else 1,
            at=at,
            state=answer.state,
            platform_code=answer.platform_code,
            reason=answer.reason,
        )
    )
    await session.flush()


async def find_last_event(session: AsyncSession, submission_id: UUID) -> SubmissionEventRow | None:
    query = select(SubmissionEventRow).where(SubmissionEventRow.submission_id == submission_id)
    return await session.scalar(query.order_by(SubmissionEventRow.number.desc()).limit(1))


async def list_events(
    session: AsyncSession, submissions: Collection[UUID]
) -> Sequence[SubmissionEventRow]:
    """The events of these submissions, each in order of time."""
    rows = await session.scalars(
        select(SubmissionEventRow)
        .where(among(SubmissionEventRow.submission_id, submissions))
        .order_by(SubmissionEventRow.submission_id, SubmissionEventRow.number)
    )
    return rows.all()


async def find_of_invoice(
    session: AsyncSession, invoice_id: UUID, *, lock: bool = False
) -> SubmissionRow | None:
    query = select(SubmissionRow).where(SubmissionRow.invoice_id == invoice_id)
    if lock:
        query = query.with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def find_of_report(
    session: AsyncSession, report_id: UUID, *, lock: bool = False
) -> SubmissionRow | None:
    query = select(SubmissionRow).where(SubmissionRow.e_report_id == report_id)
    if lock:
        query = query.with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def list_of_issuer(
    session: AsyncSession,
    issuer_id: UUID,
    *,
    state: SubmissionState | None,
    after: UUID | None,
    limit: int,
) -> Sequence[SubmissionRow]:
    """The submissions of an issuer by id."""
    query = select(SubmissionRow).where(SubmissionRow.issuer_id == issuer_id)
    if state is not None:
        query = query.where(SubmissionRow.state == state)
    if after is not None:
        query = query.where(SubmissionRow.id > after)
    query = query.order_by(SubmissionRow.id).limit(limit)
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


async def list_undelivered(
    session: AsyncSession, operation_id: OperationId
) -> Sequence[tuple[SubmissionRow, InvoiceRow]]:
    """Documents of an operation that were not delivered and will not be retried automatically."""
    query = (
        select(SubmissionRow, InvoiceRow)
        .join(InvoiceRow, InvoiceRow.id == SubmissionRow.invoice_id)
        .where(
            InvoiceRow.operation_id == operation_id,
            among(SubmissionRow.state, [str(state) for state in TO_LOOK_AT]),
        )
        .order_by(InvoiceRow.number, InvoiceRow.id)
    )
    return [(row, invoice) for row, invoice in await session.execute(query)]


async def claim_due(
    session: AsyncSession, *, now: datetime, platforms: Collection[str]
) -> SubmissionRow | None:
    """Lock the submission due longest, to send or to ask one of these platforms about."""
    query = (
        select(SubmissionRow)
        .where(SubmissionRow.next_at <= now, _goes_on(platforms))
        .order_by(SubmissionRow.next_at, SubmissionRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return await session.scalar(query)


async def find_next_due(session: AsyncSession, *, platforms: Collection[str]) -> datetime | None:
    """The time when the next submission is due, including one being sent."""
    query = select(func.min(SubmissionRow.next_at)).where(_goes_on(platforms))
    due: datetime | None = await session.scalar(query)
    return due


def _goes_on(platforms: Collection[str]) -> ColumnElement[bool]:
    waiting = SubmissionRow.state.in_(_WAITING)
    deposited = and_(
        SubmissionRow.state == SubmissionState.DEPOSITED,
        SubmissionRow.platform.in_(sorted(platforms)),
    )
    return or_(waiting, deposited)


async def lock_submission(session: AsyncSession, submission_id: UUID) -> SubmissionRow:
    row = await session.get(
        SubmissionRow, submission_id, with_for_update=True, populate_existing=True
    )
    assert row is not None
    return row


async def set_state(
    session: AsyncSession,
    row: SubmissionRow,
    answer: PlatformAnswer,
    *,
    at: datetime,
    next_at: datetime | None,
) -> None:
    """Set the state and add an event. The caller holds the lock."""
    row.state, row.next_at = answer.state, next_at
    row.receipt = answer.receipt or row.receipt
    await add_event(session, row, answer, at=at)

"""Billing runs; the worker of a run holds the lock of its row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.database.arrays import among
from libs.common.database.pages import page_of_newest
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.domain.drafts.runs import RunState
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.tables import InvoiceRow, RunRow

_BATCH = 2000


class RunNotFound(Problem):
    status, slug, title = 404, "run-not-found", "There is no such run"
    example_detail = "There is no run 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."
    example_facts: ClassVar = {"run_id": "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"}


@dataclass(frozen=True)
class RunCounts:
    """The numbers of a run's existing documents, and of issued ones among them.

    total_cents: VAT included; a credit note takes its own back.
    """

    documents: int
    issued: int
    total_cents: int


async def add_run(session: AsyncSession, row: RunRow) -> RunRow:
    session.add(row)
    await session.flush()
    ring_after_commit(session)
    return row


async def get_run(session: AsyncSession, run_id: UUID, *, lock: bool = False) -> RunRow:
    """The run. Raises RunNotFound."""
    row = await session.get(RunRow, run_id, with_for_update=lock, populate_existing=True)
    if row is None:
        raise RunNotFound(f"There is no run {run_id}.", run_id=str(run_id))
    return row


async def list_runs(
    session: AsyncSession, operation_id: OperationId, *, after: UUID | None, limit: int
) -> Sequence[RunRow]:
    """The operation's runs, the newest first, then by id.

    after: the last one of the previous page. Raises RunNotFound, also for another operation's.
    """
    page = await page_of_newest(
        session,
        select(RunRow).where(RunRow.operation_id == operation_id),
        at=RunRow.created_at,
        key=[RunRow.id],
        after=[after] if after else None,
        limit=limit,
        unknown=RunNotFound(f"There is no run {after}.", run_id=str(after)),
    )
    return (await session.scalars(page)).all()


async def claim_run(session: AsyncSession, state: RunState) -> RunRow | None:
    """Lock the run that has been in this state longest, skipping locked ones."""
    query = (
        select(RunRow)
        .where(RunRow.state == state)
        .order_by(RunRow.changed_at, RunRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).one_or_none()


async def has_run(session: AsyncSession, state: RunState) -> bool:
    """Whether any run is in this state, locked ones included."""
    return await session.scalar(select(RunRow.id).where(RunRow.state == state).limit(1)) is not None


def set_state(session: AsyncSession, row: RunRow, state: RunState) -> None:
    row.state, row.changed_at = state, now_in(session)
    ring_after_commit(session)


async def count_documents(session: AsyncSession, ids: Collection[UUID]) -> RunCounts:
    issued = func.count().filter(InvoiceRow.state == InvoiceState.ISSUED)
    is_credit = InvoiceRow.kind == DocumentKind.CREDIT_NOTE
    cents = case((is_credit, -InvoiceRow.total_cents), else_=InvoiceRow.total_cents)
    query = select(func.count(), issued, func.coalesce(func.sum(cents), 0))
    counted = (await session.execute(query.where(among(InvoiceRow.id, ids)))).one()
    return RunCounts(*(int(number) for number in counted))


async def list_documents(session: AsyncSession, ids: Collection[UUID]) -> Sequence[InvoiceRow]:
    """The existing documents, by id; drafts of the run may have been replaced."""
    query = select(InvoiceRow).where(among(InvoiceRow.id, ids)).order_by(InvoiceRow.id)
    return (await session.scalars(query)).all()


async def list_issued_ids(session: AsyncSession, ids: Collection[UUID]) -> list[UUID]:
    query = select(InvoiceRow.id).where(
        among(InvoiceRow.id, ids), InvoiceRow.state == InvoiceState.ISSUED
    )
    return list(await session.scalars(query.order_by(InvoiceRow.id)))


async def list_next_batch(session: AsyncSession, ids: Collection[UUID]) -> list[UUID]:
    """Drafts to issue together: all corrections, else some in the order of their numbers."""
    drafts = select(InvoiceRow.id).where(
        among(InvoiceRow.id, ids), InvoiceRow.state == InvoiceState.DRAFT
    )
    corrections = list(await session.scalars(drafts.where(InvoiceRow.cause.is_not(None))))
    if corrections:
        return corrections
    customer = InvoiceRow.content.cast(JSONB)["customer"]["name"].astext.collate("C")
    query = drafts.order_by(InvoiceRow.issuer_id, customer, InvoiceRow.id).limit(_BATCH)
    return list(await session.scalars(query))

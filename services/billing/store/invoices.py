"""Drafts and issued invoices."""

from collections.abc import Collection, Sequence
from typing import ClassVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.domain.invoices import Invoice, InvoiceState, hash_content
from services.billing.tables import InvoiceRow

_invoice = TypeAdapter(Invoice)


class InvoiceNotFound(Problem):
    status, slug, title = 404, "invoice-not-found", "There is no such invoice"
    example_detail = (
        "1 of these invoices do not exist; drafts are replaced when a settlement or a price"
        " changes."
    )
    example_facts: ClassVar = {"invoice_ids": ["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]}


async def save_drafts(
    session: AsyncSession, operation_id: OperationId, month: Month, drafts: Sequence[Invoice]
) -> None:
    """Make these the drafts of the month; the caller holds the lock of its settlement."""
    others = delete(InvoiceRow).where(
        InvoiceRow.operation_id == operation_id,
        InvoiceRow.month == str(month),
        InvoiceRow.state == InvoiceState.DRAFT,
    )
    await session.execute(others)
    if drafts:
        await session.execute(insert(InvoiceRow), [_draft_values(draft) for draft in drafts])


def _draft_values(draft: Invoice) -> dict[str, object]:
    content = draft.canonical
    return {
        "id": draft.id,
        "operation_id": draft.operation.id,
        "month": draft.month,
        "issuer_id": draft.issuer.member_id,
        "customer_id": draft.customer.member_id,
        "state": draft.state,
        "content": content,
        "content_hash": hash_content(content),
    }


def read_content(row: InvoiceRow) -> Invoice:
    return _invoice.validate_json(row.content)


async def get_invoice(session: AsyncSession, invoice_id: UUID) -> InvoiceRow:
    return (await get_invoices(session, [invoice_id]))[0]


async def get_invoices(session: AsyncSession, ids: Collection[UUID]) -> Sequence[InvoiceRow]:
    """By id. Raises InvoiceNotFound with those that do not exist (any more)."""
    rows = (
        await session.scalars(
            select(InvoiceRow)
            .where(InvoiceRow.id.in_(ids))
            .order_by(InvoiceRow.id)
            .execution_options(populate_existing=True)
        )
    ).all()
    if missing := set(ids) - {row.id for row in rows}:
        raise InvoiceNotFound(
            f"{len(missing)} of these invoices do not exist; drafts are replaced when a"
            " settlement or a price changes.",
            invoice_ids=sorted(map(str, missing)),
        )
    return rows


async def list_invoices(
    session: AsyncSession,
    *,
    operation_id: OperationId | None = None,
    month: Month | None = None,
    operations: Collection[OperationId] | None = None,
    member_id: UUID | None = None,
    after: UUID | None = None,
    limit: int | None = None,
) -> Sequence[InvoiceRow]:
    """By id. Given operations (None is all), only theirs and the issued ones of member_id."""
    query = select(InvoiceRow).order_by(InvoiceRow.id).limit(limit)
    if operation_id is not None:
        query = query.where(InvoiceRow.operation_id == operation_id)
    if month is not None:
        query = query.where(InvoiceRow.month == str(month))
    if after is not None:
        query = query.where(InvoiceRow.id > after)
    if operations is not None:
        query = query.where(_visible(operations, member_id))
    return (await session.scalars(query)).all()


def _visible(operations: Collection[OperationId], member_id: UUID | None) -> ColumnElement[bool]:
    of_operations = InvoiceRow.operation_id.in_(operations)
    own = or_(InvoiceRow.issuer_id == member_id, InvoiceRow.customer_id == member_id)
    return or_(of_operations, own & (InvoiceRow.state == InvoiceState.ISSUED))


def set_issued(row: InvoiceRow, issued: Invoice, *, year: int, sequence: int) -> None:
    row.state = issued.state
    row.year, row.sequence = year, sequence
    row.number, row.issue_date = issued.number, issued.issue_date
    row.content = issued.canonical
    row.content_hash = hash_content(row.content)

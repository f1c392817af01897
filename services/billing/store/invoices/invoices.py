"""Drafts and issued invoices."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.database.pages import page_of_newest
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.domain.invoices.documents import Cause, DocumentKind, read_number
from services.billing.domain.invoices.invoices import Invoice, InvoiceState, hash_content
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.invoices.filters import ISSUED_ON, InvoiceFilter, overlaps
from services.billing.tables import InvoiceRow

_invoice = TypeAdapter(Invoice)


class InvoiceNotFound(Problem):
    status, slug, title = 404, "invoice-not-found", "There is no such invoice"
    example_detail = (
        "Some of these invoices do not exist (1); drafts are replaced when a settlement or a price"
        " changes."
    )
    example_facts: ClassVar = {"invoice_ids": ["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]}


async def save_drafts(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    drafts: Sequence[Invoice],
) -> None:
    """Make these the drafts of the period. The caller holds the locks of its settlements.

    Drafts of requested credit notes stay.
    """
    others = delete(InvoiceRow).where(
        InvoiceRow.operation_id == operation_id,
        overlaps(period.first_day, period.end),
        InvoiceRow.state == InvoiceState.DRAFT,
        InvoiceRow.cause.is_distinct_from(Cause.BY_HAND),
    )
    await session.execute(others)
    await add_drafts(session, drafts)


async def add_drafts(session: AsyncSession, drafts: Sequence[Invoice]) -> None:
    if drafts:
        await session.execute(insert(InvoiceRow), [_draft_values(draft) for draft in drafts])


async def delete_drafts(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Delete those of these documents that are not issued."""
    drafts = delete(InvoiceRow).where(
        among(InvoiceRow.id, ids), InvoiceRow.state == InvoiceState.DRAFT
    )
    await session.execute(drafts)


async def save_draft(session: AsyncSession, draft: Invoice) -> InvoiceRow:
    """Add a draft unless it exists."""
    values = insert(InvoiceRow).values(_draft_values(draft))
    await session.execute(values.on_conflict_do_nothing(index_elements=["id"]))
    return await get_invoice(session, draft.id)


async def delete_draft(session: AsyncSession, row: InvoiceRow) -> None:
    await session.delete(row)
    await session.flush()


def _draft_values(draft: Invoice) -> dict[str, object]:
    content = draft.canonical
    return {
        "id": draft.id,
        "operation_id": draft.operation.id,
        "month": draft.month,
        "period_from": draft.period_from,
        "period_to": draft.period_to,
        "kind": draft.kind,
        "cause": draft.cause,
        "issuer_id": draft.issuer.member_id,
        "customer_id": draft.customer.member_id,
        "state": draft.state,
        "total_cents": draft.total_incl_vat_cents,
        "content": content,
        "content_hash": hash_content(content),
    }


def read_content(row: InvoiceRow) -> Invoice:
    return _invoice.validate_json(row.content)


async def get_invoice(session: AsyncSession, invoice_id: UUID) -> InvoiceRow:
    return (await get_invoices(session, [invoice_id]))[0]


async def get_invoices(session: AsyncSession, ids: Collection[UUID]) -> Sequence[InvoiceRow]:
    """The invoices by id. Raises InvoiceNotFound, naming those that do not exist (any more)."""
    rows = (
        await session.scalars(
            select(InvoiceRow)
            .where(among(InvoiceRow.id, ids))
            .order_by(InvoiceRow.id)
            .execution_options(populate_existing=True)
        )
    ).all()
    _check_all_found(ids, {row.id for row in rows})
    return rows


async def list_operations_of(session: AsyncSession, ids: Collection[UUID]) -> set[OperationId]:
    """The operations of these invoices, without reading contents. Raises InvoiceNotFound."""
    query = select(InvoiceRow.id, InvoiceRow.operation_id).where(among(InvoiceRow.id, ids))
    rows = (await session.execute(query)).all()
    _check_all_found(ids, {row.id for row in rows})
    return {OperationId(row.operation_id) for row in rows}


def _check_all_found(ids: Collection[UUID], existing: AbstractSet[UUID]) -> None:
    if missing := set(ids) - existing:
        raise InvoiceNotFound(
            f"Some of these invoices do not exist ({len(missing)}); drafts are replaced when a"
            " settlement or a price changes.",
            invoice_ids=sorted(map(str, missing)),
        )


async def list_invoices(
    session: AsyncSession,
    filters: InvoiceFilter,
    *,
    after: UUID | None = None,
    limit: int | None = None,
) -> Sequence[InvoiceRow]:
    """The invoices by id."""
    query = await filters.apply_rest(session, filters.apply(select(InvoiceRow)))
    if after is not None:
        query = query.where(InvoiceRow.id > after)
    return (await session.scalars(query.order_by(InvoiceRow.id).limit(limit))).all()


async def list_newest(
    session: AsyncSession, filters: InvoiceFilter, *, after: UUID | None = None, limit: int
) -> Sequence[InvoiceRow]:
    """Drafts, then issued documents, the newest date first, then by id.

    after: the last one of the previous page, even if paid since. Raises InvoiceNotFound.
    """
    page = await page_of_newest(
        session,
        filters.apply(select(InvoiceRow)),
        at=ISSUED_ON,
        key=[InvoiceRow.id],
        after=[after] if after else None,
        limit=limit,
        unknown=InvoiceNotFound("It is not in this list.", invoice_ids=[str(after)]),
    )
    return (await session.scalars(await filters.apply_rest(session, page))).all()


async def list_issued(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    customers: Collection[UUID] | None = None,
) -> list[Invoice]:
    """The documents issued for days of the period, by id; invoices with all their credit notes.

    customers: to whom, None for those to all.
    """
    query = select(InvoiceRow.content).where(
        InvoiceRow.operation_id == operation_id,
        overlaps(period.first_day, period.end),
        InvoiceRow.state == InvoiceState.ISSUED,
    )
    if customers is not None:
        query = query.where(InvoiceRow.customer_id.in_(customers))
    rows = await session.scalars(query.order_by(InvoiceRow.id))
    return [_invoice.validate_json(content) for content in rows]


async def has_issued(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod
) -> bool:
    query = select(InvoiceRow.id).where(
        InvoiceRow.operation_id == operation_id,
        overlaps(period.first_day, period.end),
        InvoiceRow.state == InvoiceState.ISSUED,
    )
    return await session.scalar(query.limit(1)) is not None


async def list_invoices_until(
    session: AsyncSession, operation_id: OperationId, before: date
) -> list[Invoice]:
    """The invoices issued for periods that ended on this day, without corrections."""
    rows = await session.scalars(
        select(InvoiceRow.content).where(
            InvoiceRow.operation_id == operation_id,
            InvoiceRow.period_to == before,
            InvoiceRow.state == InvoiceState.ISSUED,
            InvoiceRow.kind == DocumentKind.INVOICE,
            InvoiceRow.cause.is_(None),
        )
    )
    return [_invoice.validate_json(content) for content in rows]


async def set_issued(
    session: AsyncSession, issued: Iterable[Invoice], rows: Mapping[UUID, InvoiceRow]
) -> None:
    for document in issued:
        assert document.number is not None
        row = rows[document.id]
        row.state = document.state
        row.year, row.sequence = read_number(document.number)
        row.number, row.issue_date = document.number, document.issue_date
        row.content = document.canonical
        row.content_hash = hash_content(row.content)
    await session.flush()

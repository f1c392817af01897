"""Every query of billing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, func, or_, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId, Prm
from services.billing.domain.drafting import MonthFacts, Perimeter, Settlement
from services.billing.domain.invoices import (
    Invoice,
    InvoiceState,
    Party,
    SettlementBlock,
    hash_content,
)
from services.billing.domain.price_list import PriceEntry, PriceList
from services.billing.domain.sales import Participation, SettledPair
from services.billing.tables import (
    Base,
    InvoiceRow,
    MemberRow,
    PerimeterRow,
    PriceRow,
    SeriesRow,
    SettlementRow,
)

_participations = TypeAdapter(list[Participation])
_pairs = TypeAdapter(list[SettledPair])
_invoice = TypeAdapter(Invoice)


class InvoiceNotFound(Problem):
    status, slug, title = 404, "invoice-not-found", "There is no such invoice"
    example_detail = (
        "1 of these invoices do not exist; drafts are replaced when a settlement or a price"
        " changes."
    )
    example_facts: ClassVar = {"invoice_ids": ["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]}


async def save_members(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    await _save_newer(session, MemberRow, rows, key=("member_id",), version="revision")


async def save_perimeters(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    await _save_newer(session, PerimeterRow, rows, key=("operation_id",), version="revision")


async def save_settlements(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    await _save_newer(session, SettlementRow, rows, key=("operation_id", "month"), version="number")


async def _save_newer(
    session: AsyncSession,
    table: type[Base],
    rows: Sequence[dict[str, Any]],
    *,
    key: tuple[str, ...],
    version: str,
) -> None:
    """Keep the highest version of each key, of these rows and of what is stored."""
    latest = {tuple(row[k] for k in key): row for row in sorted(rows, key=lambda r: r[version])}
    # In the order in which others lock several rows, so that nobody waits in a circle.
    statement = insert(table).values([latest[k] for k in sorted(latest)])
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=key,
            set_={name: statement.excluded[name] for name in rows[0] if name not in key},
            where=statement.excluded[version] > table.__table__.c[version],
        )
    )


async def find_perimeter(session: AsyncSession, operation_id: OperationId) -> Perimeter | None:
    row = await session.get(PerimeterRow, operation_id)
    if row is None:
        return None
    return Perimeter(row.name, _participations.validate_python(row.participations))


async def lock_prices(session: AsyncSession, operation_id: OperationId) -> None:
    """Until the end of the transaction, nobody else changes the prices of the operation."""
    lock = func.pg_advisory_xact_lock(func.hashtext("prices"), func.hashtext(operation_id))
    await session.execute(select(lock))


async def list_prices(session: AsyncSession, operation_id: OperationId) -> PriceList:
    """In producer, validity order, the price for all producers first; perhaps empty."""
    rows = await session.scalars(
        select(PriceRow)
        .where(PriceRow.operation_id == operation_id)
        .order_by(PriceRow.producer.nulls_first(), PriceRow.valid_from)
    )
    return PriceList(
        tuple(
            PriceEntry(
                producer=Prm(row.producer) if row.producer else None,
                price_micro_eur_per_kwh=row.price_micro_eur_per_kwh,
                vat_rate=row.vat_rate,
                vat_mention=row.vat_mention,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in rows
        )
    )


async def replace_prices(
    session: AsyncSession, operation_id: OperationId, prices: PriceList
) -> None:
    await session.execute(delete(PriceRow).where(PriceRow.operation_id == operation_id))
    session.add_all(PriceRow(operation_id=operation_id, **vars(entry)) for entry in prices.entries)
    await session.flush()


async def get_month_facts(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> MonthFacts:
    """Lock the month's settlement first, so that these facts stay true for this transaction."""
    settlement = await session.get(
        SettlementRow, (operation_id, str(month)), with_for_update=True, populate_existing=True
    )
    perimeter = await find_perimeter(session, operation_id)
    members = {one.member_id for one in perimeter.participations} if perimeter else set()
    invoices = await list_invoices(session, operation_id=operation_id, month=month)
    return MonthFacts(
        operation_id=operation_id,
        month=month,
        settlement=_settlement(settlement) if settlement else None,
        perimeter=perimeter,
        members=await _get_parties(session, members),
        prices=await list_prices(session, operation_id),
        issued=[read_content(row) for row in invoices if row.state == InvoiceState.ISSUED],
    )


def _settlement(row: SettlementRow) -> Settlement:
    block = SettlementBlock(row.number, row.status, row.content_hash)
    return Settlement(block, _pairs.validate_python(row.pairs))


async def _get_parties(session: AsyncSession, members: Iterable[UUID]) -> dict[UUID, Party]:
    rows = await session.scalars(select(MemberRow).where(MemberRow.member_id.in_(list(members))))
    return {
        row.member_id: Party(row.member_id, row.name, row.address, row.siren, row.vat_number)
        for row in rows
    }


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


async def lock_months_of(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Lock the settlements of these invoices' months: their drafts stay as they are."""
    months = select(InvoiceRow.operation_id, InvoiceRow.month).where(InvoiceRow.id.in_(ids))
    await session.execute(
        select(SettlementRow.number)
        .where(tuple_(SettlementRow.operation_id, SettlementRow.month).in_(months))
        .order_by(SettlementRow.operation_id, SettlementRow.month)
        .with_for_update()
    )


async def lock_series(
    session: AsyncSession, issuers: Collection[UUID], year: int
) -> dict[UUID, SeriesRow]:
    """Lock all series of these issuers; return those of the year, which begin at 0."""
    ordered = sorted(issuers)
    # Row locks would not do: dates are compared over all years, and a transaction that waits for
    # one row does not see the series of another year that has begun meanwhile.
    lock = text("""
        SELECT pg_advisory_xact_lock(hashtext('series'), hashtext(issuer_id))
        FROM unnest(CAST(:issuers AS text[])) AS issuer_id
    """)
    await session.execute(lock, {"issuers": [str(one) for one in ordered]})
    begun = [{"issuer_id": one, "year": year, "last_number": 0} for one in ordered]
    await session.execute(insert(SeriesRow).values(begun).on_conflict_do_nothing())
    rows = await session.scalars(
        select(SeriesRow)
        .where(SeriesRow.issuer_id.in_(ordered), SeriesRow.year == year)
        .execution_options(populate_existing=True)
    )
    return {row.issuer_id: row for row in rows}


async def list_last_issue_dates(
    session: AsyncSession, issuers: Collection[UUID]
) -> dict[UUID, date]:
    """Over all years; issuers who have issued nothing are left out."""
    last = func.max(SeriesRow.last_issue_date)
    query = select(SeriesRow.issuer_id, last.label("day")).where(SeriesRow.issuer_id.in_(issuers))
    rows = await session.execute(query.group_by(SeriesRow.issuer_id).having(last.is_not(None)))
    return {row.issuer_id: row.day for row in rows}


def set_issued(row: InvoiceRow, issued: Invoice, *, year: int, sequence: int) -> None:
    row.state = issued.state
    row.year, row.sequence = year, sequence
    row.number, row.issue_date = issued.number, issued.issue_date
    row.content = issued.canonical
    row.content_hash = hash_content(row.content)

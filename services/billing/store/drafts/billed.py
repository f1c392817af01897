"""Billed days, and the references between issued documents."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.drafts.claims import BilledTwice, DayClaims, Pair, runs_of_days
from services.billing.tables import BilledRow, DocumentLinkRow, InvoiceBalanceRow, InvoiceRow


async def save_claims(session: AsyncSession, claims: Iterable[tuple[UUID, DayClaims]]) -> None:
    """Free all days first, then bill. Raises BilledTwice; the transaction is then lost."""
    documents_claims = list(claims)
    for _, document_claims in documents_claims:
        for pair, days in document_claims.freed.items():
            await _free(session, pair, days)
    rows = [
        {"document_id": document_id, "producer": pair[0], "consumer": pair[1], "days": _runs(days)}
        for document_id, document_claims in documents_claims
        for pair, days in sorted(document_claims.billed.items())
    ]
    if not rows:
        return
    try:
        async with session.begin_nested():
            await session.execute(insert(BilledRow), rows)
    except IntegrityError as error:
        if "billed_once" not in str(error.orig):
            raise
        raise await _billed_twice(session, rows) from error


def _runs(days: Collection[date]) -> list[Range[date]]:
    return [Range(first, end, bounds="[)") for first, end in runs_of_days(days)]


async def _free(session: AsyncSession, pair: Pair, days: Collection[date]) -> None:
    runs = _runs(days)
    overlaps = (
        BilledRow.producer == pair[0],
        BilledRow.consumer == pair[1],
        BilledRow.days.overlaps(runs),
    )
    # Not `<@`: PostgreSQL's index has multiranges without their gaps, and then finds too few.
    emptied = delete(BilledRow).where(*overlaps, func.isempty(BilledRow.days - runs))
    await session.execute(emptied.execution_options(synchronize_session=False))
    await session.execute(
        update(BilledRow)
        .where(*overlaps)
        .values(days=BilledRow.days - runs)
        .execution_options(synchronize_session=False)
    )


async def _billed_twice(session: AsyncSession, rows: Iterable[dict[str, object]]) -> BilledTwice:
    numbers: set[str] = set()
    for row in rows:
        billing_numbers = await session.scalars(
            select(InvoiceRow.number)
            .join(BilledRow, BilledRow.document_id == InvoiceRow.id)
            .where(
                BilledRow.producer == row["producer"],
                BilledRow.consumer == row["consumer"],
                BilledRow.days.overlaps(row["days"]),
            )
        )
        numbers.update(str(number) for number in billing_numbers)
    # Two documents of one request may bill the same days.
    documents = ", ".join(sorted(numbers)) or "another one of these documents"
    return BilledTwice(
        f"Some of these days are billed for these points by {documents}: issue its credit note in"
        " the same request.",
        numbers=sorted(numbers),
    )


async def list_following(session: AsyncSession, document_id: UUID) -> Sequence[InvoiceRow]:
    """The issued documents that refer to this one, in their order of issue."""
    rows = await session.scalars(
        select(InvoiceRow)
        .join(DocumentLinkRow, DocumentLinkRow.document_id == InvoiceRow.id)
        .where(DocumentLinkRow.refers_to == document_id)
        .order_by(InvoiceRow.issue_date, InvoiceRow.number)
    )
    return rows.all()


async def find_left_cents(session: AsyncSession, document_id: UUID) -> int | None:
    """The amount left of an issued invoice after its credit notes, VAT included."""
    row = await session.get(InvoiceBalanceRow, document_id, populate_existing=True)
    return row.total_cents - row.credited_cents if row else None

"""Keep the books: enter what is issued, and say how they are kept."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.documents import DocumentKind
from services.billing.domain.invoices import Invoice
from services.billing.domain.ledger import Books, FiscalYearFixed
from services.billing.domain.posting import sale_entry
from services.billing.store import ledger as store
from services.billing.store.open_invoices import list_open_invoices


async def enter_sales(session: AsyncSession, issued: Sequence[Invoice], *, today: date) -> None:
    """Enter these documents in the books of their issuers, in this order."""
    books = await store.lock_books(session, {one.issuer.member_id for one in issued})
    doubtful = await _list_doubtful(session, issued)
    entries = [
        sale_entry(one, books[one.issuer.member_id].accounts, doubtful=doubtful) for one in issued
    ]
    await store.add_entries(session, [one for one in entries if one], books, today=today)


async def _list_doubtful(session: AsyncSession, issued: Sequence[Invoice]) -> Collection[UUID]:
    """Invoices that these documents credit, and of which something is on the doubtful account."""
    credited = {
        one.refers_to[0].id: one.issuer.member_id
        for one in issued
        if one.kind == DocumentKind.CREDIT_NOTE
    }
    if not credited:
        return ()
    known = await list_open_invoices(session, set(credited.values()), also=credited)
    return {one.invoice_id for one in known if one.doubtful_cents > 0}


async def set_books(session: AsyncSession, owner_id: UUID, books: Books) -> Books:
    """Keep the books so from now on; what is entered already stays as it is.

    Raises FiscalYearFixed when entries are numbered by other fiscal years.
    """
    known = (await store.lock_books(session, [owner_id]))[owner_id]
    moved = books.fiscal_year_end_month != known.fiscal_year_end_month
    if moved and await store.has_entries(session, owner_id):
        raise FiscalYearFixed(
            "Entries are numbered by fiscal years that end in month"
            f" {known.fiscal_year_end_month}.",
            fiscal_year_end_month=known.fiscal_year_end_month,
        )
    await store.save_books(session, owner_id, books)
    return books

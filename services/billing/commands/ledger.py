"""Keep the books: enter what is issued, and say how they are kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.domain.closing import (
    Closing,
    check_may_close,
    opening_entry,
    result_cents,
)
from services.billing.domain.documents import DocumentKind
from services.billing.domain.invoices import Invoice
from services.billing.domain.ledger import Books, FiscalYearFixed
from services.billing.domain.posting import sale_entry
from services.billing.store import ledger as store
from services.billing.store.booked import list_carried, map_sale_accounts
from services.billing.store.open_invoices import list_open_invoices


async def enter_sales(session: AsyncSession, issued: Sequence[Invoice], *, today: date) -> None:
    """Enter these documents in the books of their issuers, in this order.

    Raises FiscalYearClosed.
    """
    books = await store.lock_books(session, {one.issuer.member_id for one in issued})
    credited = {
        one.refers_to[0].id: one.issuer.member_id
        for one in issued
        if one.kind == DocumentKind.CREDIT_NOTE
    }
    doubtful = await _list_doubtful(session, credited)
    entered = await map_sale_accounts(session, credited)
    entries = [
        sale_entry(one, books[one.issuer.member_id].accounts, doubtful=doubtful, entered=entered)
        for one in issued
    ]
    await store.add_entries(session, [one for one in entries if one], books, today=today)


async def _list_doubtful(session: AsyncSession, credited: Mapping[UUID, UUID]) -> Collection[UUID]:
    """Invoices of which something is on the doubtful account; credited: their issuers by id."""
    if not credited:
        return ()
    known = await list_open_invoices(session, set(credited.values()), also=credited)
    return {one.invoice_id for one in known if one.doubtful_cents > 0}


async def close_year(session: AsyncSession, owner_id: UUID, fiscal_year: int) -> Closing:
    """Close it for good, and open the next one with what is left; once more changes nothing.

    Raises FiscalYearRunning, EarlierYearOpen.
    """
    books = (await store.lock_books(session, [owner_id]))[owner_id]
    if known := await store.find_closing(session, owner_id, fiscal_year):
        return known
    today = today_in(session)
    years = await store.list_years(session, owner_id)
    check_may_close(books, fiscal_year, today=today, with_entries=years)
    balances = await list_carried(session, owner_id, fiscal_year)
    closing = Closing(fiscal_year, today, result_cents(balances))
    await store.add_closing(session, owner_id, closing)
    if opening := opening_entry(owner_id, books, fiscal_year, balances):
        await store.add_entries(session, [opening], {owner_id: books}, today=today)
    return closing


async def set_books(session: AsyncSession, owner_id: UUID, books: Books) -> Books:
    """Keep the books so from now on; what is entered already stays as it is.

    Raises FiscalYearFixed when entries are numbered by other fiscal years.
    """
    known = (await store.lock_books(session, [owner_id]))[owner_id]
    books = replace(books, closed_year=known.closed_year)
    moved = books.fiscal_year_end_month != known.fiscal_year_end_month
    if moved and await store.has_entries(session, owner_id):
        raise FiscalYearFixed(
            "Entries are numbered by fiscal years that end in month"
            f" {known.fiscal_year_end_month}.",
            fiscal_year_end_month=known.fiscal_year_end_month,
        )
    await store.save_books(session, owner_id, books)
    return books

"""Keep the books: enter issued documents, close years, set accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.domain.books.accruals import Accrual, accrual_entry, reversed_accrual
from services.billing.domain.books.closing import (
    Closing,
    check_may_close,
    opening_entry,
    result_cents,
)
from services.billing.domain.books.ledger import Books, FiscalYearFixed
from services.billing.domain.books.posting import sale_entry
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.store.books import ledger as store
from services.billing.store.books.booked import list_carried
from services.billing.store.payments.open_invoices import list_open_invoices


async def enter_sales(
    session: AsyncSession, issued: Sequence[Invoice], books: Mapping[UUID, Books], *, today: date
) -> None:
    """Enter these documents in the books of their issuers, which are locked, in this order.

    Raises FiscalYearClosed.
    """
    credited = {
        document.refers_to[0].id: document.issuer.member_id
        for document in issued
        if document.kind == DocumentKind.CREDIT_NOTE
    }
    doubtful_cents = await _map_doubtful(session, credited)
    entries = []
    for document in issued:
        accounts = books[document.issuer.member_id].accounts
        credited_id = document.refers_to[0].id if document.refers_to else document.id
        left_cents = doubtful_cents.get(credited_id, 0)
        entries.append(sale_entry(document, accounts, doubtful_cents=left_cents))
        # Several credit notes may take back parts of one invoice.
        if document.kind == DocumentKind.CREDIT_NOTE:
            doubtful_cents[credited_id] = max(left_cents - document.total_incl_vat_cents, 0)
    await store.add_entries(session, [entry for entry in entries if entry], books, today=today)


async def _map_doubtful(session: AsyncSession, credited: Mapping[UUID, UUID]) -> dict[UUID, int]:
    """The balance of each invoice on the doubtful account. credited: their issuers by invoice."""
    if not credited:
        return {}
    invoices = await list_open_invoices(session, set(credited.values()), also=credited)
    return {invoice.invoice_id: invoice.doubtful_cents for invoice in invoices}


async def close_year(
    session: AsyncSession, owner_id: UUID, fiscal_year: int, accruals: Sequence[Accrual]
) -> Closing:
    """Close a year for good, and open the next with its balances; repeating changes nothing.

    accruals: entered on the last day of the year, and taken back on the first of the next one.

    Raises FiscalYearRunning, EarlierYearOpen.
    """
    books = (await store.lock_books(session, [owner_id]))[owner_id]
    if closing := await store.find_closing(session, owner_id, fiscal_year):
        return closing
    today = today_in(session)
    years = await store.list_years(session, owner_id)
    check_may_close(books, fiscal_year, today=today, with_entries=years)
    accrual = accrual_entry(owner_id, books, fiscal_year, accruals)
    if accrual is not None:
        await store.add_entries(session, [accrual], {owner_id: books}, today=today)
    balances = await list_carried(session, owner_id, fiscal_year)
    closing = Closing(fiscal_year, today, result_cents(balances))
    await store.add_closing(session, owner_id, closing)
    entries = [
        opening_entry(owner_id, books, fiscal_year, balances),
        accrual and reversed_accrual(accrual),
    ]
    entered = [entry for entry in entries if entry]
    await store.add_entries(session, entered, {owner_id: books}, today=today)
    return closing


async def set_books(session: AsyncSession, owner_id: UUID, books: Books) -> Books:
    """Keep the books by these settings from now on; existing entries stay as they are.

    Raises FiscalYearFixed if entries are numbered by other fiscal years.
    """
    current_books = (await store.lock_books(session, [owner_id]))[owner_id]
    books = replace(books, closed_year=current_books.closed_year)
    moved = books.fiscal_year_end_month != current_books.fiscal_year_end_month
    if moved and await store.has_entries(session, owner_id):
        raise FiscalYearFixed(
            "Entries are numbered by fiscal years that end in month"
            f" {current_books.fiscal_year_end_month}.",
            fiscal_year_end_month=current_books.fiscal_year_end_month,
        )
    await store.save_books(session, owner_id, books)
    return books

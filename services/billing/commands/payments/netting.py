"""Set customers' credits off against what they owe the same seller, in their seller's books."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.domain.books.ledger import Books
from services.billing.domain.books.write_offs import set_off_entry
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.netting import Netting, SetOff, net_credits, take_back
from services.billing.domain.prices.sales import Parties
from services.billing.store.books.booked import list_given
from services.billing.store.books.ledger import add_entries, lock_books
from services.billing.store.payments.collections import map_pending_of_issuers
from services.billing.store.payments.open_invoices import (
    list_customers_in_credit,
    list_open_invoices,
    list_parties,
)


async def set_off_between(
    session: AsyncSession, pairs: Collection[Parties], *, today: date
) -> None:
    """Set off the credits of these customers with these sellers, after what concerns both.

    What a corrected document takes back so pays the one that replaces it. Called by whatever makes
    a credit, or a debt that one may pay: no credit waits beside such a debt.
    """
    issuers = {parties.issuer_id for parties in pairs}
    in_credit = await list_customers_in_credit(
        session, issuers, {parties.customer_id for parties in pairs}
    )
    if in_credit:
        books = await lock_books(session, issuers)
        await set_off_credits(session, books, issuers, customers=in_credit, today=today)


async def set_off_after_debits(session: AsyncSession, invoices: Collection[UUID]) -> None:
    """Net anew where no direct debit pays after all: it was refused or not sent.

    What its money was to bring back to a credit that is given away is missing there.
    """
    pairs, today = await list_parties(session, invoices), today_in(session)
    await take_back_set_offs(session, pairs, today=today)
    await set_off_between(session, pairs, today=today)


async def take_back_set_offs(
    session: AsyncSession, pairs: Collection[Parties], *, today: date
) -> None:
    """Undo set-offs whose money has left, because a debit was returned or a sum paid back.

    So what replaces a credited document is owed again, and not the document.
    """
    issuers = {parties.issuer_id for parties in pairs}
    customers = {parties.customer_id for parties in pairs}
    given = await list_given(session, issuers, customers)
    if not given:
        return
    books = await lock_books(session, issuers)
    pending_cents = await map_pending_of_issuers(session, issuers, customers=customers)
    both = {credit.giver_id for credit in given} | {credit.taker_id for credit in given}
    invoices = await list_open_invoices(session, issuers, also=both, customers=customers)
    await enter_set_offs(session, take_back(invoices, given, pending_cents), books, today=today)


async def set_off_credits(
    session: AsyncSession,
    books: Mapping[UUID, Books],
    issuers: Collection[UUID],
    *,
    today: date,
    customers: Collection[UUID] | None = None,
) -> Sequence[OpenInvoice]:
    """Enter all set-offs in these books, which are locked; return what is open afterwards.

    customers: whose, None for those of all customers.
    """
    netting = await plan_netting(session, issuers, customers=customers)
    await enter_set_offs(session, netting.set_offs, books, today=today)
    return netting.invoices


async def enter_set_offs(
    session: AsyncSession,
    set_offs: Sequence[SetOff],
    books: Mapping[UUID, Books],
    *,
    today: date,
) -> None:
    """Enter set-offs in these books, which are locked."""
    entries = [
        set_off_entry(uuid4(), set_off, day=today, accounts=books[set_off.issuer_id].accounts)
        for set_off in set_offs
    ]
    await add_entries(session, entries, books, today=today)


async def plan_netting(
    session: AsyncSession,
    issuers: Collection[UUID],
    *,
    customers: Collection[UUID] | None = None,
) -> Netting:
    """Return the set-offs that are possible now, and the open sums after them; changes nothing."""
    pending_cents = await map_pending_of_issuers(session, issuers, customers=customers)
    invoices = await list_open_invoices(session, issuers, also=pending_cents, customers=customers)
    return net_credits(invoices, pending_cents)

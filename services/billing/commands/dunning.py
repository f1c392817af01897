"""Deal with what is overdue: remind, write off, set off."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.commands.mailings import mail_reminders
from services.billing.domain.collecting import OpenInvoice
from services.billing.domain.open_items import page_of_customers
from services.billing.domain.reminders import (
    OpenState,
    Reminder,
    ReminderInFuture,
    Schedule,
    days_overdue,
    due_reminders,
)
from services.billing.domain.sales import Parties
from services.billing.domain.write_offs import (
    InCollection,
    SetOffFixed,
    WriteOff,
    WriteOffFixed,
    WriteOffOrder,
    set_off_entry,
    write_off_entry,
)
from services.billing.store import dunning as store
from services.billing.store.booked import find_set_off
from services.billing.store.collections import list_pending, list_returned
from services.billing.store.invoices import InvoiceNotFound
from services.billing.store.ledger import add_entries, lock_books
from services.billing.store.open_invoices import list_open_invoices, map_customer_names
from services.billing.store.routings import CustomerUnknown
from services.billing.store.ways_to_pay import map_ways_to_pay
from services.billing.tables import WriteOffRow


async def list_open_states(
    session: AsyncSession,
    issuer_id: UUID,
    *,
    after: UUID | None = None,
    limit: int | None = None,
) -> list[OpenState]:
    """By name and id of the customer, then by number, credits among them; of so many customers.

    Customers have the name of their newest document. after: the last one of the page before, who
    may have paid since. Raises CustomerUnknown.
    """
    today = today_in(session)
    unsettled = await list_open_invoices(session, [issuer_id])
    customers = {one.customer_id for one in unsettled} | ({after} if after else set())
    names = await map_customer_names(session, issuer_id, customers)
    if after is not None and after not in names:
        raise CustomerUnknown("This seller has issued nothing to a customer with this id.")
    invoices = [
        replace(one, customer_name=names[one.customer_id])
        for one in page_of_customers(unsettled, names, after=after, limit=limit)
    ]
    ids = [one.invoice_id for one in invoices]
    pending = await list_pending(session, ids)
    made = await store.list_last_reminders(session, ids)
    return [
        OpenState(
            invoice=one,
            days_overdue=days_overdue(one, today),
            in_collection=one.invoice_id in pending,
            last_reminder=made.get(one.invoice_id),
        )
        for one in invoices
    ]


async def set_schedule(
    session: AsyncSession, issuer_id: UUID, schedule: Schedule
) -> Sequence[Schedule]:
    """Remind so of what falls due from its day on; returns all schedules."""
    await store.save_schedule(session, issuer_id, schedule)
    return await store.list_schedules(session, issuer_id)


async def remind(
    session: AsyncSession, issuer_id: UUID, *, day: date | None, by_itself: bool = False
) -> list[Reminder]:
    """Record the reminders that are due on a day, by default today; again that day, none.

    by_itself: nobody has asked for it; then none is made of what waits to be debited.
    Those of today are sent, if the issuer has that done. Raises ReminderInFuture.
    """
    today = today_in(session)
    if day is not None and day > today:
        raise ReminderInFuture(
            f"Today is {today}: make reminders on that day, or of one before.",
            today=today.isoformat(),
        )
    await lock_books(session, [issuer_id])
    invoices = await list_open_invoices(session, [issuer_id])
    ids = [one.invoice_id for one in invoices]
    reminders = due_reminders(
        day or today,
        invoices=invoices,
        schedules=await store.list_schedules(session, issuer_id),
        made=await store.list_last_reminders(session, ids),
        pending=await list_pending(session, ids),
        to_debit=await _list_to_debit(session, issuer_id, invoices, today) if by_itself else (),
    )
    await store.add_reminders(session, reminders)
    await mail_reminders(session, issuer_id, reminders, today=today)
    return reminders


async def _list_to_debit(
    session: AsyncSession, issuer_id: UUID, invoices: Collection[OpenInvoice], today: date
) -> Collection[UUID]:
    """Those whose customers can be debited today, and of which no debit came back."""
    ways = await map_ways_to_pay(session, {Parties(issuer_id, one.customer_id) for one in invoices})
    debtors = {parties.customer_id for parties, way in ways.items() if way.mandate_on(today)}
    of_debtors = {one.invoice_id for one in invoices if one.customer_id in debtors}
    return of_debtors - await list_returned(session, of_debtors)


async def write_off(session: AsyncSession, order: WriteOffOrder) -> WriteOffRow:
    """All that is owed on an invoice, today; with the same id again, return it.

    Raises InvoiceNotFound, WriteOffFixed, NothingOwed, InCollection.
    """
    books = (await lock_books(session, [order.issuer_id]))[order.issuer_id]
    known = await store.find_write_off(session, order.id)
    (invoice,) = await _get_invoices(session, order.issuer_id, [order.invoice_id])
    if known is not None:
        if (known.invoice_id, known.kind) != (order.invoice_id, order.kind):
            raise WriteOffFixed("This id is that of another write-off: choose a new one.")
        return known
    await _check_not_pending(session, invoice)
    today = today_in(session)
    lost = WriteOff(order.id, invoice, order.kind, today, order.reason)
    row = await store.add_write_off(session, lost)
    entry = write_off_entry(lost, books.accounts)
    await add_entries(session, [entry], {order.issuer_id: books}, today=today)
    return row


async def set_off(
    session: AsyncSession, issuer_id: UUID, set_off_id: UUID, *, credit_id: UUID, invoice_id: UUID
) -> None:
    """A credit of a customer pays another invoice; with the same id again, nothing happens.

    Raises InvoiceNotFound, SetOffFixed, NoCredit, InCollection.
    """
    books = (await lock_books(session, [issuer_id]))[issuer_id]
    credit, invoice = await _get_invoices(session, issuer_id, [credit_id, invoice_id])
    known = await find_set_off(session, issuer_id, set_off_id)
    if known:
        if known != (credit_id, invoice_id):
            raise SetOffFixed("This id is that of another set-off: choose a new one.")
        return
    await _check_not_pending(session, invoice)
    today = today_in(session)
    entry = set_off_entry(set_off_id, credit, invoice, day=today, accounts=books.accounts)
    await add_entries(session, [entry], {issuer_id: books}, today=today)


async def _get_invoices(
    session: AsyncSession, issuer_id: UUID, ids: Collection[UUID]
) -> list[OpenInvoice]:
    """In this order. Raises InvoiceNotFound for what is not entered in the issuer's books."""
    entered = {
        one.invoice_id: one for one in await list_open_invoices(session, [issuer_id], also=ids)
    }
    if missing := [str(one) for one in ids if one not in entered]:
        raise InvoiceNotFound("These are no issued invoices of this seller.", invoice_ids=missing)
    return [entered[one] for one in ids]


async def _check_not_pending(session: AsyncSession, invoice: OpenInvoice) -> None:
    if await list_pending(session, [invoice.invoice_id]):
        raise InCollection(
            f"Wait for what the bank says of {invoice.number}, or cancel its collection.",
            number=invoice.number,
        )

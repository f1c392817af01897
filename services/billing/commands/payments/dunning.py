"""Deal with overdue invoices: remind, write off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.commands.invoices.mailings import mail_reminders
from services.billing.commands.payments.netting import plan_netting, set_off_credits
from services.billing.domain.books.write_offs import (
    InCollection,
    WriteOff,
    WriteOffFixed,
    WriteOffOrder,
    write_off_entry,
)
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.open_items import page_of_customers
from services.billing.domain.payments.reminders import (
    OpenState,
    Reminder,
    ReminderInFuture,
    ReminderSchedule,
    days_overdue,
    due_reminders,
    sum_overdue,
)
from services.billing.domain.prices.sales import Parties
from services.billing.store.books.ledger import add_entries, lock_books
from services.billing.store.copies import CustomerUnknown
from services.billing.store.invoices.invoices import InvoiceNotFound
from services.billing.store.payments import dunning as store
from services.billing.store.payments.collections import list_returned, map_pending
from services.billing.store.payments.creditors import get_creditors, list_paid_by
from services.billing.store.payments.open_invoices import list_open_invoices, map_customer_names
from services.billing.store.payments.ways_to_pay import map_ways_to_pay
from services.billing.store.thresholds import map_thresholds
from services.billing.tables import WriteOffRow


async def list_open_states(
    session: AsyncSession,
    issuer_id: UUID,
    *,
    after: UUID | None = None,
    limit: int | None = None,
) -> list[OpenState]:
    """Open invoices and credits of ``limit`` customers, by customer name and id, then number.

    Customers have the name on their newest document. after: the last customer of the previous
    page, who may have paid since. Raises CustomerUnknown.
    """
    today = today_in(session)
    unsettled = await list_open_invoices(session, [issuer_id])
    customers = {invoice.customer_id for invoice in unsettled} | ({after} if after else set())
    names = await map_customer_names(session, issuer_id, customers)
    if after is not None and after not in names:
        raise CustomerUnknown("This seller has issued nothing to a customer with this id.")
    invoices = [
        replace(invoice, customer_name=names[invoice.customer_id])
        for invoice in page_of_customers(unsettled, names, after=after, limit=limit)
    ]
    ids = [invoice.invoice_id for invoice in invoices]
    pending = await map_pending(session, ids)
    last_reminders = await store.list_last_reminders(session, ids)
    return [
        OpenState(
            invoice=invoice,
            days_overdue=days_overdue(invoice, today),
            in_collection=invoice.invoice_id in pending,
            last_reminder=last_reminders.get(invoice.invoice_id),
        )
        for invoice in invoices
    ]


async def set_schedule(
    session: AsyncSession, issuer_id: UUID, schedule: ReminderSchedule
) -> Sequence[ReminderSchedule]:
    """Set the schedule for invoices due from its first day on; return all schedules."""
    await store.save_schedule(session, issuer_id, schedule)
    return await store.list_schedules(session, issuer_id)


async def remind(
    session: AsyncSession, issuer_id: UUID, *, day: date | None, is_automatic: bool = False
) -> list[Reminder]:
    """Record the reminders due on a day, by default today; the same day again records none.

    Credits of customers pay their debts first.
    is_automatic: not requested by a person; invoices that wait to be debited are then left out.
    Today's reminders are sent if the issuer's policy says so. Raises ReminderInFuture.
    """
    today = today_in(session)
    if day is not None and day > today:
        raise ReminderInFuture(
            f"Today is {today}: date reminders on that day or earlier.",
            today=today.isoformat(),
        )
    books = await lock_books(session, [issuer_id])
    invoices = await set_off_credits(session, books, [issuer_id], today=today)
    ids = [invoice.invoice_id for invoice in invoices]
    thresholds = await map_thresholds(session, ids)
    reminders = due_reminders(
        day or today,
        invoices=invoices,
        schedules=await store.list_schedules(session, issuer_id),
        made=await store.list_last_reminders(session, ids),
        pending=await map_pending(session, ids),
        to_debit=await _list_to_debit(session, issuer_id, invoices, today) if is_automatic else (),
        thresholds=thresholds,
        beside_cents=await _map_beside(session, issuer_id, invoices, day or today)
        if thresholds
        else {},
    )
    await store.add_reminders(session, reminders)
    await mail_reminders(session, issuer_id, reminders, today=today)
    return reminders


async def _map_beside(
    session: AsyncSession, issuer_id: UUID, invoices: Collection[OpenInvoice], day: date
) -> Mapping[UUID, int]:
    """Return the late debts of customers to the other sellers of the same collector."""
    creditor = (await get_creditors(session, [issuer_id])).get(issuer_id)
    if creditor is None:
        return {}
    paid_by = await list_paid_by(session, creditor.collected_by or issuer_id)
    others = paid_by.keys() - {issuer_id}
    if not others:
        return {}
    customers = {invoice.customer_id for invoice in invoices}
    owed = (await plan_netting(session, others, customers=customers)).invoices
    pending = await map_pending(session, [invoice.invoice_id for invoice in owed])
    return sum_overdue((invoice for invoice in owed if invoice.invoice_id not in pending), day)


async def _list_to_debit(
    session: AsyncSession, issuer_id: UUID, invoices: Collection[OpenInvoice], today: date
) -> Collection[UUID]:
    """Invoices whose customers can be debited today, without those whose debit was returned."""
    ways = await map_ways_to_pay(
        session, {Parties(issuer_id, invoice.customer_id) for invoice in invoices}
    )
    debtors = {parties.customer_id for parties, way in ways.items() if way.mandate_on(today)}
    debtor_invoices = {invoice.invoice_id for invoice in invoices if invoice.customer_id in debtors}
    return debtor_invoices - await list_returned(session, debtor_invoices)


async def write_off(session: AsyncSession, order: WriteOffOrder) -> WriteOffRow:
    """Write off the whole debt on an invoice, today; the same id again returns the same row.

    Raises InvoiceNotFound, WriteOffFixed, NothingOwed, InCollection.
    """
    books = (await lock_books(session, [order.issuer_id]))[order.issuer_id]
    row = await store.find_write_off(session, order.id)
    (invoice,) = await _get_invoices(session, order.issuer_id, [order.invoice_id])
    if row is not None:
        if (row.invoice_id, row.kind) != (order.invoice_id, order.kind):
            raise WriteOffFixed("This id belongs to another write-off: choose a new one.")
        return row
    await _check_not_pending(session, invoice)
    today = today_in(session)
    lost = WriteOff(order.id, invoice, order.kind, today, order.reason)
    row = await store.add_write_off(session, lost)
    entry = write_off_entry(lost, books.accounts)
    await add_entries(session, [entry], {order.issuer_id: books}, today=today)
    return row


async def _get_invoices(
    session: AsyncSession, issuer_id: UUID, ids: Collection[UUID]
) -> list[OpenInvoice]:
    """The invoices in this order. Raises InvoiceNotFound if not in the issuer's books."""
    entered = {
        invoice.invoice_id: invoice
        for invoice in await list_open_invoices(session, [issuer_id], also=ids)
    }
    if missing := [str(invoice_id) for invoice_id in ids if invoice_id not in entered]:
        raise InvoiceNotFound("These are not issued invoices of this seller.", invoice_ids=missing)
    return [entered[invoice_id] for invoice_id in ids]


async def _check_not_pending(session: AsyncSession, invoice: OpenInvoice) -> None:
    if await map_pending(session, [invoice.invoice_id]):
        raise InCollection(
            f"Wait for the bank's answer on {invoice.number}, or cancel its collection.",
            number=invoice.number,
        )

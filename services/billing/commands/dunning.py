"""Deal with what is overdue: remind, write off, set off."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from services.billing.commands.mailings import mail_reminders
from services.billing.domain.collecting import OpenInvoice
from services.billing.domain.mandates import MandateUse, unusable_reason
from services.billing.domain.open_items import by_customer, page_after
from services.billing.domain.reminders import (
    OpenState,
    Reminder,
    ReminderInFuture,
    Schedule,
    days_overdue,
    due_reminders,
)
from services.billing.domain.write_offs import (
    InCollection,
    SetOffFixed,
    WriteOff,
    WriteOffFixed,
    WriteOffOrder,
    set_off_entry,
    write_off_entry,
)
from services.billing.store import creditors as creditor_store
from services.billing.store import dunning as store
from services.billing.store.booked import find_set_off
from services.billing.store.collections import list_pending, list_returned
from services.billing.store.invoices import InvoiceNotFound
from services.billing.store.ledger import add_entries, lock_books
from services.billing.store.open_invoices import list_issued_to, list_open_invoices
from services.billing.store.routings import CustomerUnknown
from services.billing.tables import WriteOffRow


async def list_open_states(
    session: AsyncSession,
    issuer_id: UUID,
    *,
    after: UUID | None = None,
    limit: int | None = None,
) -> list[OpenState]:
    """By name and id of the customer, then by number, credits among them; of so many customers.

    after: the last customer of the page before. Raises CustomerUnknown.
    """
    today = local_day(datetime.now(UTC))
    # Who has paid since then has a place in the order all the same.
    also = [] if after is None else await list_issued_to(session, issuer_id, after)
    customers = by_customer(await list_open_invoices(session, [issuer_id], also=also))
    page = page_after(customers, after, limit=limit)
    if page is None:
        raise CustomerUnknown("This seller has issued nothing to a customer with this id.")
    invoices = [one for of_one in page for one in of_one]
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
    today = local_day(datetime.now(UTC))
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
    """Those whose customers have a mandate in force, and of which no debit came back."""
    known = await creditor_store.get_creditors(session, [issuer_id])
    collector_id = known[issuer_id].collected_by or issuer_id if issuer_id in known else issuer_id
    mandates = await creditor_store.list_mandates(session, collector_id)
    uses = await creditor_store.list_uses(session, [one.id for one in mandates])
    debtors = {
        one.debtor_id
        for one in mandates
        if unusable_reason(one, uses.get(one.id, MandateUse()), today) is None
    }
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
    today = local_day(datetime.now(UTC))
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
    today = local_day(datetime.now(UTC))
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

"""Routes about what is open and overdue."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.payments import dunning as commands
from services.billing.domain.books.write_offs import (
    InCollection,
    NothingOwed,
    WriteOffFixed,
    WriteOffUnknown,
)
from services.billing.domain.payments.reminders import (
    ReminderInFuture,
    ReminderUnknown,
    ScheduleInvalid,
    parse_reminder_id,
)
from services.billing.schemas.payments.dunning import (
    REMINDER_PATTERN,
    CustomerBalanceOut,
    ReminderOut,
    RemindIn,
    ScheduleIn,
    ScheduleOut,
    WriteOffIn,
    WriteOffOut,
)
from services.billing.store.copies import CustomerUnknown
from services.billing.store.invoices.invoices import InvoiceNotFound
from services.billing.store.payments import dunning as store

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/issuers/{issuer_id}/open-items",
    summary="List what each customer owes",
    responses=problems(CustomerUnknown),
)
async def get_open_items(
    *,
    issuer_id: UUID,
    session: Session,
    caller: AnyPerson,
    after: Annotated[UUID | None, Query(description="last customer_id of the page before")] = None,
    limit: Limit = 100,
) -> list[CustomerBalanceOut]:
    """Return the debts by customer and invoice, as of today; settled invoices are left out.

    Customers come by name, then id; `limit` counts them, and the next page is `after` the last
    one's id, even if that customer has paid since. An invoice is due on the day it states.
    """
    await access.check_may_read_books(session, caller, issuer_id)
    states = await commands.list_open_states(session, issuer_id, after=after, limit=limit)
    if not caller.is_member(issuer_id):
        await note_access(session, caller, [state.invoice.customer_id for state in states])
    return CustomerBalanceOut.all_of(states)


@router.put(
    "/issuers/{issuer_id}/reminder-schedule",
    summary="Set the reminder schedule",
    responses=problems(ScheduleInvalid),
)
async def put_schedule(
    issuer_id: UUID, body: ScheduleIn, session: Session, caller: StaffOrOrganiser
) -> list[ScheduleOut]:
    """Applies to invoices due from `valid_from` on; returns all schedules.

    Without a schedule, reminders are due 7, 21 and 45 days after the due date.
    """
    await access.check_may_keep_books(session, caller, issuer_id)
    return ScheduleOut.all_of(await commands.set_schedule(session, issuer_id, body.schedule))


@router.get(
    "/issuers/{issuer_id}/reminder-schedule",
    summary="Show the reminder schedule",
)
async def get_schedule(issuer_id: UUID, session: Session, caller: AnyPerson) -> list[ScheduleOut]:
    """Schedules come by first day; the list is empty if none was set."""
    await access.check_may_read_books(session, caller, issuer_id)
    return ScheduleOut.all_of(await store.list_schedules(session, issuer_id))


@router.post(
    "/issuers/{issuer_id}/reminders",
    summary="Create the reminders that are due",
    responses=problems(ReminderInFuture),
)
async def post_reminders(
    issuer_id: UUID, body: RemindIn, session: Session, caller: StaffOrOrganiser
) -> list[ReminderOut]:
    """Each overdue invoice gets the next level that is due; repeated on one day, nothing is added.

    No level is skipped. Invoices being collected, or doubtful, get no reminder.
    """
    await access.check_may_keep_books(session, caller, issuer_id)
    return ReminderOut.all_of(await commands.remind(session, issuer_id, day=body.day))


@router.get(
    "/issuers/{issuer_id}/reminders",
    summary="List reminders, newest first",
    responses=problems(ReminderUnknown),
)
async def list_reminders(
    *,
    issuer_id: UUID,
    session: Session,
    caller: AnyPerson,
    after: Annotated[
        str | None, Query(pattern=REMINDER_PATTERN, description="last id of the page before")
    ] = None,
    limit: Limit = 100,
) -> list[ReminderOut]:
    """Each shows the amount owed on its day.

    Those of one day come by invoice and level; the next page is `after` the last id.
    """
    await access.check_may_read_books(session, caller, issuer_id)
    last = parse_reminder_id(after) if after is not None else None
    return ReminderOut.all_of(
        await store.list_reminders(session, issuer_id, after=last, limit=limit)
    )


@router.put(
    "/issuers/{issuer_id}/write-offs/{write_off_id}",
    summary="Write off what is owed on an invoice",
    responses=problems(InvoiceNotFound, WriteOffFixed, NothingOwed, InCollection),
)
async def put_write_off(
    issuer_id: UUID,
    write_off_id: UUID,
    body: WriteOffIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> WriteOffOut:
    """Choose the id; the same id again returns the write-off unchanged.

    `doubtful` moves the debt to 416, `lost` to 654 with its VAT; each needs a reason.
    """
    await access.check_may_keep_books(session, caller, issuer_id)
    row = await commands.write_off(session, body.order(issuer_id, write_off_id))
    return WriteOffOut.model_validate(row)


@router.get(
    "/issuers/{issuer_id}/write-offs",
    summary="List write-offs, newest first",
    responses=problems(WriteOffUnknown),
)
async def list_write_offs(
    *,
    issuer_id: UUID,
    session: Session,
    caller: AnyPerson,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[WriteOffOut]:
    """Each shows its reason. Those of one day come by id; the next page is `after` the last id."""
    await access.check_may_read_books(session, caller, issuer_id)
    rows = await store.list_write_offs(session, issuer_id, after=after, limit=limit)
    return [WriteOffOut.model_validate(row) for row in rows]

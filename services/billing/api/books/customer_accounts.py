"""Routes about what customers owe and paid, one by one and by operation."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import now_in, today_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import DayField, OptionalMonthInQuery
from libs.common.edge.pages import Limit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.access.payments import may_collect
from services.billing.api.dependencies import Session
from services.billing.commands.books import customer_accounts as commands
from services.billing.domain.books.customer_accounts import AccountPeriod, MovementUnknown
from services.billing.schemas.books.customer_accounts import (
    CustomerAccountOut,
    OperationPaymentsOut,
)

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/members/{member_id}/account",
    summary="Show what a member owes and has paid",
    responses=problems(MovementUnknown),
)
async def get_account(
    *,
    member_id: UUID,
    session: Session,
    caller: AnyPerson,
    from_day: Annotated[DayField | None, Query(description="lines of this day and later")] = None,
    to_day: Annotated[DayField | None, Query(description="lines before this day")] = None,
    after: Annotated[UUID | None, Query(description="last line of the page before")] = None,
    limit: Limit = 100,
) -> CustomerAccountOut:
    """The member's account as a customer: invoices, payments and what is open, by the books.

    For the member and staff, with all sellers; for organisers, of documents of their operations. A
    balance is of all of these documents, whatever days are asked for. A payment to several sellers
    has a line for each.
    """
    await access.check_may_see_customer(session, caller, member_id)
    account = await commands.get_account(session, member_id, caller.scope)
    period = AccountPeriod.of(account.movements, from_day, to_day)
    lines = period.page(after=after, limit=limit)
    await note_access(session, caller, [member_id])
    return CustomerAccountOut.of(account, period, lines, now_in(session))


@router.get(
    "/operations/{operation_id}/payments",
    summary="Show who owes what in an operation, what came and what goes out",
    responses=problems(MonthMalformed),
)
async def get_payments(
    *,
    operation_id: OperationIdField,
    session: Session,
    caller: StaffOrOrganiser,
    month: OptionalMonthInQuery,
    limit: Limit = 1000,
) -> OperationPaymentsOut:
    """What is open today, and what the bank moved in the month, which is the present one if none.

    Sums are of all customers, `customers` has `limit` of them. They are those of the sellers'
    books, of documents of this operation alone.
    """
    caller.check_may_run(operation_id)
    shown_month = month or Month.of(today_in(session))
    payments = await commands.get_payments(session, operation_id, shown_month)
    collectors = {seller.collector_id for seller in payments.sellers if seller.collector_id}
    money = [
        await commands.get_collector_money(session, collector_id, payments.sellers)
        for collector_id in sorted(collectors)
        if await may_collect(session, caller, collector_id)
    ]
    listed = [customer.customer_id for customer in payments.customers[:limit]]
    payees = [payout.payee_id for collector in money for payout in collector.payouts]
    await note_access(session, caller, [*listed, *payees])
    return OperationPaymentsOut.of(
        payments, money, month=shown_month, as_of=now_in(session), limit=limit
    )

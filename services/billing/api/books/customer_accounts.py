"""Routes about what customers owe and paid, one by one and by operation."""

import asyncio
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import now_in, today_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import DayField, OptionalMonthInQuery
from libs.common.edge.pages import Limit
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.access.payments import may_collect
from services.billing.api.dependencies import Session
from services.billing.commands.books import customer_accounts as commands
from services.billing.domain.books.account_statements import AccountStatement
from services.billing.domain.books.customer_accounts import AccountPeriod, MovementUnknown
from services.billing.domain.wordings import Language
from services.billing.formats.account_csv import COLUMNS as ACCOUNT_COLUMNS
from services.billing.formats.account_csv import write_account
from services.billing.schemas.books.customer_accounts import (
    CustomerAccountOut,
    OperationPaymentsOut,
)
from services.billing.store.copies import get_language
from services.billing.store.taxes.sellers import SellerUnknown

router = APIRouter(route_class=TokenFirstRoute)

_FromDay = Annotated[DayField | None, Query(description="lines of this day and later")]
_ToDay = Annotated[DayField | None, Query(description="lines before this day")]
_PDF = "application/pdf"
_CSV_EXAMPLE = (
    f"{','.join(ACCOUNT_COLUMNS)}\n"
    "2026-11-05,invoice,F2026-00001,3b4f1c9d-7a10-4e63-9d3c-2b6f0b9a8e52,Soleils d’Aurelle,"
    "372,372\n"
)


class AccountResponse(Response):
    media_type = "text/csv"


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
    from_day: _FromDay = None,
    to_day: _ToDay = None,
    after: Annotated[UUID | None, Query(description="last line of the page before")] = None,
    limit: Limit = 100,
) -> CustomerAccountOut:
    """The member's account as a customer: invoices, payments and what is open, by the books.

    For the member and staff, with all sellers; for organisers, of documents of their operations. A
    balance is of all of these documents, whatever days are asked for. A payment to several sellers
    has a line for each.
    """
    await access.check_may_see_customer(session, caller, member_id)
    account = await commands.get_account(
        session, member_id, caller.scope, is_of_next_debits=after is None
    )
    period = AccountPeriod.of(account.movements, from_day, to_day)
    lines = period.page(after=after, limit=limit)
    await note_access(session, caller, [member_id])
    return CustomerAccountOut.of(account, period, lines, now_in(session))


@router.get(
    "/members/{member_id}/account.csv",
    summary="Download what a member was billed and has paid, as CSV",
    response_class=AccountResponse,
    responses={
        **file_response("One row per line, the oldest first", {"text/csv": _CSV_EXAMPLE}),
        **problems(SellerUnknown),
    },
)
@costs(1)
async def get_account_csv(
    *,
    member_id: UUID,
    session: Session,
    caller: AnyPerson,
    from_day: _FromDay = None,
    to_day: _ToDay = None,
) -> AccountResponse:
    """Comma-separated, UTF-8; amounts in cents: what is owed more, or less."""
    statement = await _get_statement(
        session, caller, member_id, from_day, to_day, is_of_next_debits=False
    )
    content = await asyncio.to_thread(write_account, statement)
    return AccountResponse(content, headers=attachment(f"account-{statement.day}.csv"))


@router.get(
    "/members/{member_id}/account.pdf",
    summary="Download a member's statement of account as PDF",
    response_class=Response,
    responses={
        **file_response("PDF/A-3b", {_PDF: None}),
        **problems(SellerUnknown),
    },
)
@costs(2)
async def get_account_pdf(
    *,
    member_id: UUID,
    session: Session,
    caller: AnyPerson,
    from_day: _FromDay = None,
    to_day: _ToDay = None,
    language: Annotated[
        Language | None, Query(description="of the page; default: that of the member")
    ] = None,
) -> Response:
    """Return the account's balance of today, the next debits, and the lines of these days."""
    statement = await _get_statement(
        session, caller, member_id, from_day, to_day, is_of_next_debits=True
    )
    chosen = language or await get_language(session, member_id)
    content = await commands.print_account(statement, chosen)
    headers = {"Content-Disposition": f'inline; filename="account-{statement.day}.pdf"'}
    return Response(content, media_type=_PDF, headers=headers)


async def _get_statement(
    session: AsyncSession,
    caller: Principal,
    member_id: UUID,
    from_day: date | None,
    to_day: date | None,
    *,
    is_of_next_debits: bool,
) -> AccountStatement:
    await access.check_may_see_customer(session, caller, member_id)
    await note_access(session, caller, [member_id])
    return await commands.get_statement(
        session, member_id, caller.scope, from_day, to_day, is_of_next_debits=is_of_next_debits
    )


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
    """Return the debts open today, and the bank's movements of the month (by default, this one).

    Sums include all customers; `customers` lists `limit` of them. They come from the sellers'
    books, and include documents of this operation alone.
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

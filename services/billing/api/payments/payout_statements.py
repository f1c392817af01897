"""Routes about what a payee was paid: a list of transfers, and the statement of each."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import file_response, problems
from libs.common.http.allowances import costs
from libs.common.logs.accesses import note_access
from services.billing.access import check_may_read_books
from services.billing.access import payments as access
from services.billing.api.dependencies import Session
from services.billing.commands.payments import payout_statements as commands
from services.billing.domain.books.payout_statements import PayoutStatement
from services.billing.domain.payments.creditors import CreditorMissing
from services.billing.domain.wordings import Language
from services.billing.schemas.payments.payout_statements import (
    PayoutStatementOut,
    ReceivedPayoutOut,
)
from services.billing.store.copies import get_language
from services.billing.store.payments import payouts as store
from services.billing.store.payments.payouts import PayoutUnknown

router = APIRouter(route_class=TokenFirstRoute)

_PDF = "application/pdf"


@router.get(
    "/payees/{member_id}/payouts",
    summary="List the payouts that a member received from its collectors, newest day first",
    responses=problems(PayoutUnknown),
)
async def list_received(
    *,
    member_id: UUID,
    session: Session,
    caller: AnyPerson,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[ReceivedPayoutOut]:
    """For the member, and those who may keep its books. Without payouts that were not sent.

    One day's come by id; the next page is `after` the last id.
    """
    await check_may_read_books(session, caller, member_id)
    rows = await store.list_items_of_payee(session, member_id, after=after, limit=limit)
    await note_access(session, caller, [member_id])
    return [ReceivedPayoutOut.listed(item, payout) for item, payout in rows]


@router.get(
    "/issuers/{issuer_id}/payouts/{payout_id}/items/{item_id}/statement",
    summary="Show what a transfer of a payout is made of",
    responses=problems(CreditorMissing, PayoutUnknown),
)
async def get_statement(
    *, issuer_id: UUID, payout_id: UUID, item_id: UUID, session: Session, caller: AnyPerson
) -> PayoutStatementOut:
    """For those who may pay out, and the payee: collected, returned and kept, by invoice.

    The sums are those of account 467 in the books of both.
    """
    statement = await _read(session, caller, issuer_id, payout_id, item_id)
    return PayoutStatementOut.of(payout_id, statement)


@router.get(
    "/issuers/{issuer_id}/payouts/{payout_id}/items/{item_id}/statement.pdf",
    summary="Download what a transfer of a payout is made of, as PDF",
    response_class=Response,
    responses={
        **problems(CreditorMissing, PayoutUnknown),
        **file_response("PDF/A-3b", {_PDF: None}),
    },
)
@costs(2)
async def get_statement_pdf(
    *,
    issuer_id: UUID,
    payout_id: UUID,
    item_id: UUID,
    session: Session,
    caller: AnyPerson,
    language: Annotated[
        Language | None, Query(description="of the page; default: that of the payee")
    ] = None,
) -> Response:
    """The same on paper. It has a watermark if the transfer came back, or was not made."""
    statement = await _read(session, caller, issuer_id, payout_id, item_id)
    chosen = language or await get_language(session, statement.payee.member_id)
    content = await commands.print_statement(statement, chosen)
    name = f"{statement.day}-{statement.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, media_type=_PDF, headers=headers)


async def _read(
    session: Session, caller: Principal, issuer_id: UUID, payout_id: UUID, item_id: UUID
) -> PayoutStatement:
    _, item = await store.get_item(session, issuer_id, payout_id, item_id)
    await access.check_may_read_payout(session, caller, issuer_id, item.payee_id)
    statement = await commands.get_statement(session, issuer_id, payout_id, item_id)
    customers = {movement.customer_id for movement in statement.movements}
    if not caller.is_member(item.payee_id):
        await note_access(session, caller, {item.payee_id, *customers})
    return statement

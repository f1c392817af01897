"""Routes about bank statements, and reports on what the bank rejects."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.database import Database
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.http.body_limits import takes
from services.billing.access import payments as access
from services.billing.api.dependencies import Session
from services.billing.commands.payments import statements as commands
from services.billing.commands.payments.payment_reports import import_report
from services.billing.domain.payments.bank import StatementRefused
from services.billing.domain.payments.creditors import CreditorMissing
from services.billing.domain.payments.payment_reports import ReportRefused
from services.billing.formats.bank_xml import MAX_BYTES
from services.billing.schemas.payments.bank import (
    BankTransactionOut,
    ImportedOut,
    ReportedOut,
)
from services.billing.store.payments import bank as store
from services.billing.store.payments.assignments import map_paid_parts
from services.billing.store.payments.bank import TransactionUnknown

router = APIRouter(route_class=TokenFirstRoute)


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/xml": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "/issuers/{issuer_id}/statements",
    summary="Import a bank statement",
    responses=problems(CreditorMissing, StatementRefused),
    openapi_extra=_BODY,
)
@takes(MAX_BYTES, advice="Ask the bank for one statement per day.")
async def post_statement(
    issuer_id: UUID, request: Request, session: Session, caller: StaffOrOrganiser
) -> ImportedOut:
    """A camt.053 of the creditor's account, or of a former one, as the bank delivers it.

    Matched transactions are entered in the books: matched by end-to-end id, batch, mandate and
    amount, a creditor reference or an invoice number in the payer's text, account and amount, or
    name and amount. An account is known by a mandate or by an earlier matched transfer. A returned
    direct debit reopens its invoice. Repeated or overlapping files change nothing twice.
    """
    content = await _receive(request, caller, issuer_id)
    imported = await commands.import_statement(session, issuer_id, content)
    return ImportedOut.model_validate(imported)


@router.post(
    "/issuers/{issuer_id}/payment-reports",
    summary="Import a payment status report",
    responses=problems(ReportRefused),
    openapi_extra=_BODY,
)
@takes(MAX_BYTES, advice="Ask the bank for one report per file.")
async def post_report(
    issuer_id: UUID, request: Request, session: Session, caller: StaffOrOrganiser
) -> ReportedOut:
    """A pain.002 on one of the creditor's collections, payouts or refunds, as the bank delivers it.

    What it rejects before money moved is open again: an invoice joins the next collection, a
    transfer is owed again. If the reason makes a new attempt useless, the mandate is blocked. The
    rest of the report is ignored, and the same file again changes nothing.
    """
    content = await _receive(request, caller, issuer_id)
    reported = await import_report(session, issuer_id, content)
    return ReportedOut(
        rejected=reported.rejected,
        known=reported.rejected_before,
        moved=reported.moved,
        unknown=reported.unknown,
    )


async def _receive(request: Request, caller: Principal, issuer_id: UUID) -> bytes:
    """Receive a file from a caller who may send one, without holding a transaction meanwhile."""
    database: Database = request.app.state.databases["billing"]
    async with database.transaction() as first:
        await access.check_may_collect(first, caller, issuer_id)
    return await request.body()


@router.get(
    "/issuers/{issuer_id}/bank-transactions",
    summary="List bank transactions, newest day first",
    responses=problems(TransactionUnknown),
)
async def list_transactions(
    *,
    issuer_id: UUID,
    session: Session,
    caller: StaffOrOrganiser,
    unmatched: Annotated[bool, Query(description="only what waits to be assigned")] = False,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[BankTransactionOut]:
    """A transaction with `matched_by` is entered in the books; one without is pending.

    Those of one day come by id; the next page is `after` the last id, even if assigned since.
    """
    await access.check_may_collect(session, caller, issuer_id)
    rows = await store.list_transactions(
        session, issuer_id, unmatched_only=unmatched, after=after, limit=limit
    )
    parts = await map_paid_parts(session, [row.id for row in rows])
    return [BankTransactionOut.of(row, parts.get(row.id, ())) for row in rows]

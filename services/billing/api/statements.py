"""Routes about bank statements, and reports on what the bank rejects."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request

from libs.common.auth import TokenFirstRoute
from libs.common.body_limits import takes
from libs.common.database import Database
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.principals import Principal
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands import statements as commands
from services.billing.commands.payment_reports import import_report
from services.billing.domain.bank import StatementRefused
from services.billing.domain.creditors import CreditorMissing
from services.billing.domain.payment_reports import ReportRefused
from services.billing.domain.transfers import TransferMismatch
from services.billing.formats.bank_xml import MAX_BYTES
from services.billing.schemas.bank import (
    AssignmentIn,
    BankTransactionOut,
    ImportedOut,
    ReportedOut,
    TransferAssignmentIn,
)
from services.billing.store import bank as store
from services.billing.store.bank import TransactionMatched, TransactionUnknown
from services.billing.store.invoices import InvoiceNotFound
from services.billing.store.payouts import PayoutUnknown

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
    """A camt.053 of the creditor's account, or of a former one, as the bank gives it.

    What is matched is entered in the books: by end-to-end id, batch, mandate and amount, number of
    an invoice in the payer's words, or account and amount. A direct debit that comes back
    reopens its invoice. The same file again, or one that overlaps, changes nothing twice.
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
    """A pain.002 on one of the creditor's collections or payouts, as the bank gives it.

    What it rejects before money moved is open again: an invoice is in the next collection, a
    transfer is owed again. After a reason that a new try does not mend, the mandate is blocked.
    All else that it says is passed over, and the same file again changes nothing.
    """
    content = await _receive(request, caller, issuer_id)
    reported = await import_report(session, issuer_id, content)
    return ReportedOut.model_validate(reported)


async def _receive(request: Request, caller: Principal, issuer_id: UUID) -> bytes:
    """The file, of whoever may send one; no transaction is held while it comes in."""
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
    """With `matched_by`, is entered in the books; without, it waits.

    Those of one day by id; the next page is `after` the last id, also if that was assigned since.
    """
    await access.check_may_collect(session, caller, issuer_id)
    rows = await store.list_transactions(
        session, issuer_id, unmatched_only=unmatched, after=after, limit=limit
    )
    return [BankTransactionOut.model_validate(row) for row in rows]


@router.post(
    "/issuers/{issuer_id}/bank-transactions/{transaction_id}/assignment",
    summary="Assign an unmatched transaction to an invoice",
    responses=problems(CreditorMissing, TransactionUnknown, TransactionMatched, InvoiceNotFound),
)
async def assign(
    issuer_id: UUID,
    transaction_id: UUID,
    body: AssignmentIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> BankTransactionOut:
    """Its whole amount pays the invoice; money that went away is given back to the customer."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await commands.assign(session, issuer_id, transaction_id, body.invoice_id)
    return BankTransactionOut.model_validate(row)


@router.post(
    "/issuers/{issuer_id}/bank-transactions/{transaction_id}/transfer",
    summary="Assign an unmatched transaction to a transfer of a payout",
    responses=problems(
        CreditorMissing, TransactionUnknown, TransactionMatched, PayoutUnknown, TransferMismatch
    ),
)
async def assign_to_transfer(
    issuer_id: UUID,
    transaction_id: UUID,
    body: TransferAssignmentIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> BankTransactionOut:
    """Money that went away has executed it; money that came has brought it back: it is owed again.

    For banks that give no end-to-end id, or that executed what they had rejected.
    """
    await access.check_may_collect(session, caller, issuer_id)
    row = await commands.assign_to_transfer(session, issuer_id, transaction_id, body.item_id)
    return BankTransactionOut.model_validate(row)

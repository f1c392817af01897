"""Routes about what bank transactions are for: which invoices they pay, or nothing of ours."""

from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.access import payments as payment_access
from services.billing.api.dependencies import Session
from services.billing.api.noting import note_invoices
from services.billing.commands.payments import assignments as commands
from services.billing.domain.payments.assignments import AssignmentFixed, AssignmentMismatch
from services.billing.domain.payments.creditors import CreditorMissing
from services.billing.domain.payments.transfers import TransferMismatch
from services.billing.schemas.payments.bank import (
    AssignmentIn,
    BankTransactionOut,
    InvoiceTransactionOut,
    TransferAssignmentIn,
    TransferCandidateOut,
)
from services.billing.store.invoices.invoices import InvoiceNotFound, get_invoice
from services.billing.store.payments import bank as store
from services.billing.store.payments.assignments import list_transactions_of, map_paid_parts
from services.billing.store.payments.bank import TransactionMatched, TransactionUnknown
from services.billing.store.payments.payouts import PayoutUnknown
from services.billing.store.payments.transfer_candidates import list_candidates
from services.billing.tables import BankTransactionRow

router = APIRouter(route_class=TokenFirstRoute)


@router.post(
    "/issuers/{issuer_id}/bank-transactions/{transaction_id}/assignment",
    summary="Assign an unmatched transaction to invoices",
    responses=problems(
        CreditorMissing,
        TransactionUnknown,
        TransactionMatched,
        AssignmentMismatch,
        InvoiceNotFound,
    ),
)
async def assign(
    issuer_id: UUID,
    transaction_id: UUID,
    body: AssignmentIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> BankTransactionOut:
    """Its parts pay the invoices; those of outgoing money are refunds to the customers.

    A part beyond what is owed is the customer's credit.
    """
    await payment_access.check_may_collect(session, caller, issuer_id)
    row = await commands.assign(session, issuer_id, transaction_id, body.parts)
    return await _shown(session, row)


@router.delete(
    "/issuers/{issuer_id}/bank-transactions/{transaction_id}/assignment",
    summary="Take back what a transaction was matched with",
    responses=problems(CreditorMissing, TransactionUnknown, AssignmentFixed),
)
async def take_back(
    issuer_id: UUID, transaction_id: UUID, session: Session, caller: StaffOrOrganiser
) -> BankTransactionOut:
    """Enter reversing entries of today in all books concerned; the transaction waits again.

    The match may have been made by hand, or by a payer's words, account or name; or somebody said
    that the transaction is not ours. Matches of direct debits and payouts stay.
    """
    await payment_access.check_may_collect(session, caller, issuer_id)
    row = await commands.take_back(session, issuer_id, transaction_id)
    return await _shown(session, row)


@router.post(
    "/issuers/{issuer_id}/bank-transactions/{transaction_id}/not-ours",
    summary="Say that an unmatched transaction has to do with no invoice",
    responses=problems(CreditorMissing, TransactionUnknown, TransactionMatched),
)
async def set_not_ours(
    issuer_id: UUID, transaction_id: UUID, session: Session, caller: StaffOrOrganiser
) -> BankTransactionOut:
    """It is entered on 471 for the accountant, and waits no longer: rent, fees of the bank."""
    await payment_access.check_may_collect(session, caller, issuer_id)
    row = await commands.set_not_ours(session, issuer_id, transaction_id)
    return await _shown(session, row)


@router.post(
    "/issuers/{issuer_id}/bank-transactions/{transaction_id}/transfer",
    summary="Assign an unmatched transaction to a transfer of a payout or a refund",
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
    """Outgoing money has executed the transfer; incoming money returns it: it is owed again.

    For banks that give no end-to-end id, or that executed a transfer after rejecting it.
    """
    await payment_access.check_may_collect(session, caller, issuer_id)
    row = await commands.assign_to_transfer(session, issuer_id, transaction_id, body.item_id)
    return await _shown(session, row)


@router.get(
    "/issuers/{issuer_id}/bank-transactions/{transaction_id}/transfers",
    summary="List the transfers that a transaction may be",
    responses=problems(TransactionUnknown),
)
async def list_transfers(
    issuer_id: UUID, transaction_id: UUID, session: Session, caller: StaffOrOrganiser
) -> list[TransferCandidateOut]:
    """Return the transfers of this sum that the transaction may have executed or brought back.

    Transfers are of payouts and refunds. Cancelled and rejected ones come after the others, as a
    bank may execute them after all. Each group begins with the newest.
    """
    await payment_access.check_may_collect(session, caller, issuer_id)
    row = await store.get_transaction(session, issuer_id, transaction_id)
    candidates = await list_candidates(session, issuer_id, row.amount_cents)
    await note_access(session, caller, {candidate.member_id for candidate in candidates})
    return [TransferCandidateOut.model_validate(candidate) for candidate in candidates]


@router.get(
    "/invoices/{invoice_id}/bank-transactions",
    summary="List the bank transactions that paid an invoice",
    responses=problems(InvoiceNotFound),
)
async def list_transactions_of_invoice(
    invoice_id: UUID, session: Session, caller: AnyPerson
) -> list[InvoiceTransactionOut]:
    """Return the transactions, the oldest first, for readers of the invoice; no payer, no account.

    A credit that was set off is no bank transaction.
    """
    invoice = await get_invoice(session, invoice_id)
    access.check_may_see(caller, invoice)
    await note_invoices(session, caller, [invoice])
    return [
        InvoiceTransactionOut.of(row, amount_cents)
        for row, amount_cents in await list_transactions_of(session, invoice_id)
    ]


async def _shown(session: AsyncSession, row: BankTransactionRow) -> BankTransactionOut:
    parts = await map_paid_parts(session, [row.id])
    return BankTransactionOut.of(row, parts.get(row.id, ()))

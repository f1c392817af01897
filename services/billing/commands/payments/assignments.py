"""Say by hand what a bank transaction is for, and take that back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.commands.payments.entering import enter_matches, lock_collected
from services.billing.commands.payments.netting import set_off_between, take_back_set_offs
from services.billing.domain.books.ledger import JournalEntry
from services.billing.domain.books.posting import reversing_entry
from services.billing.domain.payments.assignments import (
    AssignedPart,
    AssignmentFixed,
    PaidPart,
    check_not_by_ids,
    check_parts,
    source_of_entries,
)
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Match, MatchedBy, Payment
from services.billing.domain.payments.transfers import Refunded, Transfer, check_transfer
from services.billing.store.books.ledger import add_entries
from services.billing.store.invoices.invoices import InvoiceNotFound
from services.billing.store.payments import assignments as assignment_store
from services.billing.store.payments import bank as store
from services.billing.store.payments import refunds as refund_store
from services.billing.store.payments.creditors import get_creditor
from services.billing.store.payments.open_invoices import list_open_invoices, list_parties
from services.billing.store.payments.presumed import forget_presumed
from services.billing.tables import BankTransactionRow


async def assign(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID, parts: Sequence[AssignedPart]
) -> BankTransactionRow:
    """Assign an unmatched transaction to the invoices that it pays or refunds.

    Raises CreditorMissing, TransactionUnknown, TransactionMatched, AssignmentMismatch,
    InvoiceNotFound.
    """
    creditor = await get_creditor(session, creditor_id)
    issuers, books = await lock_collected(session, creditor_id)
    row = await store.get_unmatched(session, creditor_id, transaction_id)
    check_parts(parts, row.amount_cents)
    payments = await _payments(session, issuers, parts)
    match = _match(row, MatchedBy.HAND, payments=payments)
    await session.flush()
    await enter_matches(session, creditor, [match], books)
    return row


async def _payments(
    session: AsyncSession, issuers: set[UUID], parts: Sequence[AssignedPart]
) -> Sequence[Payment]:
    """Raises InvoiceNotFound."""
    ids = [payment.invoice_id for payment in parts]
    open_invoices = await list_open_invoices(session, issuers, also=ids)
    invoices = {invoice.invoice_id: invoice for invoice in open_invoices}
    if missing := [str(invoice_id) for invoice_id in ids if invoice_id not in invoices]:
        raise InvoiceNotFound(
            "None of the issuers that this creditor collects for has entered this invoice.",
            invoice_ids=missing,
        )
    return [_payment(invoices[payment.invoice_id], payment) for payment in parts]


def _payment(invoice: OpenInvoice, payment: AssignedPart) -> Payment:
    return Payment(invoice, payment.amount_cents).split(invoice.doubtful_cents)


async def assign_to_transfer(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID, item_id: UUID
) -> BankTransactionRow:
    """Assign an unmatched transaction to the transfer that it executed or returned.

    The transfer is one of a payout or of a refund.

    Raises CreditorMissing, TransactionUnknown, TransactionMatched, PayoutUnknown,
    TransferMismatch.
    """
    creditor = await get_creditor(session, creditor_id)
    issuers, books = await lock_collected(session, creditor_id)
    row = await store.get_unmatched(session, creditor_id, transaction_id)
    refunded = await refund_store.find_refunded(session, creditor_id, item_id)
    if refunded is not None:
        check_transfer(refunded, row.amount_cents)
        sign = 1 if row.amount_cents > 0 else -1
        parts = [
            AssignedPart(credit.invoice_id, sign * credit.amount_cents)
            for credit in refunded.credits
        ]
        payments = await _payments(session, issuers, parts)
        match = _match(row, MatchedBy.HAND, payments=payments, refunded=refunded)
    else:
        transfer = await store.get_transfer(session, creditor_id, item_id)
        check_transfer(transfer, row.amount_cents)
        match = _match(row, MatchedBy.HAND, transfer=transfer)
    await session.flush()
    await enter_matches(session, creditor, [match], books)
    return row


async def set_not_ours(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID
) -> BankTransactionRow:
    """Enter an unmatched transaction on 471, where the accountant finds it.

    Raises CreditorMissing, TransactionUnknown, TransactionMatched.
    """
    creditor = await get_creditor(session, creditor_id)
    _, books = await lock_collected(session, creditor_id)
    row = await store.get_unmatched(session, creditor_id, transaction_id)
    match = _match(row, MatchedBy.NOT_OURS)
    await session.flush()
    await enter_matches(session, creditor, [match], books)
    return row


def _match(
    row: BankTransactionRow,
    by: MatchedBy,
    *,
    payments: Sequence[Payment] = (),
    transfer: Transfer | None = None,
    refunded: Refunded | None = None,
) -> Match:
    row.matched_by, row.entered_as = by, source_of_entries(row.id, row.undone)
    transaction = store.read_transaction(row)
    return Match(
        transaction, by, payments, transfer=transfer, refunded=refunded, entered_as=row.entered_as
    )


async def take_back(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID
) -> BankTransactionRow:
    """Reverse the entries of a transaction that was not matched by ids: it is unmatched again.

    The reversing entries are of today. Raises CreditorMissing, TransactionUnknown,
    AssignmentFixed.
    """
    await get_creditor(session, creditor_id)
    issuers, books = await lock_collected(session, creditor_id)
    row = await store.get_transaction(session, creditor_id, transaction_id)
    check_not_by_ids(row.matched_by)
    assert row.entered_as is not None
    entries = await assignment_store.list_entries(session, row.entered_as)
    parts = (await assignment_store.map_paid_parts(session, [row.id])).get(row.id, ())
    _check_may_go(row, entries, parts, issuers)
    if await refund_store.is_transfer(session, row.id):
        raise AssignmentFixed("It executed or returned the transfer of a refund.")
    today = today_in(session)
    reversing = [reversing_entry(entry, books[entry.owner_id].open_day(today)) for entry in entries]
    await add_entries(session, reversing, books, today=today)
    row.matched_by, row.entered_as, row.undone = None, None, row.undone + 1
    await session.flush()
    await forget_presumed(session, row.id)
    # What it had paid too much may have paid another invoice; and a credit may be free again.
    paid = await list_parties(session, [payment.invoice_id for payment in parts])
    await take_back_set_offs(session, paid, today=today)
    await set_off_between(session, paid, today=today)
    return row


def _check_may_go(
    row: BankTransactionRow,
    entries: Sequence[JournalEntry],
    parts: Sequence[PaidPart],
    issuers: set[UUID],
) -> None:
    """Raises AssignmentFixed."""
    if any(entry.owner_id not in issuers for entry in entries):
        raise AssignmentFixed("The seller that it paid is not collected for any more.")
    if not parts and row.matched_by != MatchedBy.NOT_OURS:
        raise AssignmentFixed("It executed or returned a transfer of a payout.")

"""Import bank statements: match transactions, enter them in the books, reopen returned debts."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from services.billing.commands.payments.netting import set_off_between, take_back_set_offs
from services.billing.commands.payments.statement_chains import find_gaps
from services.billing.domain.books.ledger import Books, PartyAccount
from services.billing.domain.books.posting import bank_entries
from services.billing.domain.payments.bank import (
    BankStatement,
    BankTransaction,
    StatementGap,
    StatementRefused,
    identify,
)
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.matches import Match, MatchedBy, Payment
from services.billing.domain.payments.matching import Matcher, all_ids, blocks_mandate
from services.billing.domain.payments.payers_words import all_numbers
from services.billing.domain.payments.transfers import check_transfer
from services.billing.domain.prices.sales import Parties
from services.billing.formats.camt053 import read_statements
from services.billing.store.books.ledger import add_entries, lock_books
from services.billing.store.invoices.invoices import InvoiceNotFound
from services.billing.store.payments import bank as store
from services.billing.store.payments import creditors as creditor_store
from services.billing.store.payments.collections import list_issuers_collected
from services.billing.store.payments.open_invoices import list_open_invoices
from services.billing.store.payments.payers import map_payers
from services.billing.tables import BankTransactionRow

# A debtor may have a direct debit without a mandate refunded for 13 months (EPC016-06, 4.3.4).
_RETURNED_WITHIN_DAYS = 430
_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Imported:
    """The numbers of transactions in a file, of new ones, and of matched ones among these."""

    transactions: int
    new: int
    matched: int
    gaps: Sequence[StatementGap]


async def import_statement(session: AsyncSession, creditor_id: UUID, content: bytes) -> Imported:
    """Import a file; transactions from earlier files are skipped.

    Raises CreditorMissing, StatementRefused.
    """
    creditor = await creditor_store.get_creditor(session, creditor_id)
    ibans = await creditor_store.list_ibans(session, creditor_id)
    statements = await asyncio.to_thread(read_statements, content)
    transactions = await asyncio.to_thread(
        _identify, statements, creditor_id, ibans, today=today_in(session)
    )
    issuers, books = await _lock(session, creditor_id)
    known_ids = await store.list_known(
        session, creditor_id, [transaction.id for transaction in transactions]
    )
    new_transactions = [
        transaction for transaction in transactions if transaction.id not in known_ids
    ]
    matcher = await _matcher(session, creditor_id, issuers, new_transactions)
    # Match receipts before returns, or a return might find no payment.
    ordered = sorted(
        new_transactions,
        key=lambda transaction: (transaction.booked_on, transaction.amount_cents < 0),
    )
    matches = await asyncio.to_thread(
        lambda: [(transaction, matcher.match(transaction)) for transaction in ordered]
    )
    await store.save_transactions(
        session,
        creditor_id,
        [(transaction, match.by if match else None) for transaction, match in matches],
    )
    matched = [match for _, match in matches if match]
    await _enter(session, creditor, matched, books)
    gaps = await find_gaps(session, creditor_id, statements)
    await store.save_statement(session, creditor_id, content, now_in(session))
    return Imported(len(transactions), len(new_transactions), len(matched), gaps)


async def _lock(session: AsyncSession, creditor_id: UUID) -> tuple[set[UUID], Mapping[UUID, Books]]:
    """Lock all books that a transaction may touch; return them and the possible issuers.

    Try again if collections or payouts were made meanwhile: they lock the creditor's books.
    """
    books: Mapping[UUID, Books] = {}
    while True:
        issuers = {
            creditor_id,
            *await creditor_store.list_paid_by(session, creditor_id),
            *await list_issuers_collected(session, creditor_id),
        }
        payees = {
            transfer.payee_id for transfer in await store.list_transfers(session, creditor_id)
        }
        if issuers | payees <= books.keys():
            return issuers, books
        books = await lock_books(session, issuers | payees)


def _identify(
    statements: Iterable[BankStatement], creditor_id: UUID, ibans: Collection[str], *, today: date
) -> list[BankTransaction]:
    """The transactions on the creditor's present and former accounts. Raises StatementRefused."""
    transactions_by_iban: defaultdict[str, list[BankTransaction]] = defaultdict(list)
    for statement in statements:
        transactions_by_iban[statement.iban] += statement.transactions
    if transactions_by_iban.keys() - set(ibans):
        raise StatementRefused(
            "The statement is of another account: ask the bank for this creditor's."
        )
    days = [
        transaction.booked_on
        for transactions in transactions_by_iban.values()
        for transaction in transactions
    ]
    if days and not _FIRST_DAY <= min(days) <= max(days) <= today:
        raise StatementRefused("An entry is booked in the future, or before 2000.")
    return [
        transaction
        for iban, transactions in transactions_by_iban.items()
        for transaction in identify(creditor_id, iban, transactions)
    ]


async def _matcher(
    session: AsyncSession,
    creditor_id: UUID,
    issuers: set[UUID],
    transactions: Sequence[BankTransaction],
) -> Matcher:
    first_day = min((transaction.booked_on for transaction in transactions), default=date.max)
    debits = await store.list_debits(
        session, creditor_id, since=first_day - timedelta(days=_RETURNED_WITHIN_DAYS)
    )
    invoices = await list_open_invoices(
        session,
        issuers,
        also={debit.invoice_id for debit in debits},
        also_numbers=all_numbers(transactions),
    )
    return Matcher(
        invoices=invoices,
        debits=debits,
        transfers=await store.list_transfers(session, creditor_id),
        accounts=await map_payers(session, creditor_id, issuers),
        own_ids=await store.list_own_ids(session, creditor_id, all_ids(transactions)),
    )


async def assign_to_transfer(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID, item_id: UUID
) -> BankTransactionRow:
    """Assign an unmatched transaction to the transfer of a payout that it executed or returned.

    Raises CreditorMissing, TransactionUnknown, TransactionMatched, PayoutUnknown,
    TransferMismatch.
    """
    creditor = await creditor_store.get_creditor(session, creditor_id)
    _, books = await _lock(session, creditor_id)
    row = await store.get_unmatched(session, creditor_id, transaction_id)
    transfer = await store.get_transfer(session, creditor_id, item_id)
    check_transfer(transfer, row.amount_cents)
    match = Match(store.read_transaction(row), MatchedBy.HAND, transfer=transfer)
    row.matched_by = match.by
    await session.flush()
    await _enter(session, creditor, [match], books)
    return row


async def assign(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID, invoice_id: UUID
) -> BankTransactionRow:
    """Assign an unmatched transaction to the invoice that it pays or refunds.

    Raises CreditorMissing, TransactionUnknown, TransactionMatched, InvoiceNotFound.
    """
    creditor = await creditor_store.get_creditor(session, creditor_id)
    issuers, books = await _lock(session, creditor_id)
    row = await store.get_unmatched(session, creditor_id, transaction_id)
    invoices = await list_open_invoices(session, issuers, also=[invoice_id])
    invoice = next(
        (candidate for candidate in invoices if candidate.invoice_id == invoice_id), None
    )
    if invoice is None:
        raise InvoiceNotFound(
            "None of the issuers that this creditor collects for has entered this invoice.",
            invoice_ids=[str(invoice_id)],
        )
    payment = Payment(invoice, row.amount_cents).split(invoice.doubtful_cents)
    match = Match(store.read_transaction(row), MatchedBy.HAND, [payment])
    row.matched_by = match.by
    await session.flush()
    await _enter(session, creditor, [match], books)
    return row


async def _enter(
    session: AsyncSession,
    creditor: Creditor,
    matches: Sequence[Match],
    books: Mapping[UUID, Books],
) -> None:
    """Enter matches in all books concerned, which are locked; update collections and payouts.

    A transaction reported after its year is closed is entered on the first day of the next year.
    """
    owner = PartyAccount(creditor.member_id, creditor.name)
    entries = [
        replace(entry, day=books[entry.owner_id].open_day(entry.day))
        for match in matches
        for entry in bank_entries(match, owner, books)
    ]
    today = today_in(session)
    await add_entries(session, entries, books, today=today)
    await store.save_debits(session, matches)
    # The invoice may have been credited since, or is paid too well: the money is for another one.
    paid = {
        Parties(payment.invoice.issuer_id, payment.invoice.customer_id)
        for match in matches
        for payment in match.payments
    }
    if any(match.transaction.amount_cents < 0 for match in matches):
        await take_back_set_offs(session, paid, today=today)
    await set_off_between(session, paid, today=today)
    for match in matches:
        if match.transfer is not None:
            await store.save_transfer(session, match.transfer, match.transaction)
        reason = match.transaction.return_reason
        if match.debits and reason is not None and blocks_mandate(reason):
            blocked = [debit.mandate_id for debit in match.debits]
            await creditor_store.block_mandates(session, blocked, reason)

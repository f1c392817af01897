"""Take what the bank tells: match it, enter it in the books, reopen what came back."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from services.billing.domain.bank import BankTransaction, StatementRefused, identify
from services.billing.domain.creditors import Creditor
from services.billing.domain.ledger import Books, PartyAccount
from services.billing.domain.matching import (
    Match,
    MatchedBy,
    Matcher,
    Payment,
    all_ids,
    all_numbers,
    blocks_mandate,
)
from services.billing.domain.posting import bank_entries
from services.billing.domain.transfers import check_transfer
from services.billing.formats.camt053 import read_statements
from services.billing.store import bank as store
from services.billing.store import creditors as creditor_store
from services.billing.store.collections import list_issuers_collected
from services.billing.store.invoices import InvoiceNotFound
from services.billing.store.ledger import add_entries, lock_books
from services.billing.store.open_invoices import list_open_invoices
from services.billing.tables import BankTransactionRow

# A debtor may have a direct debit without a mandate refunded for 13 months (EPC016-06, 4.3.4).
_RETURNED_WITHIN_DAYS = 430
_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Imported:
    """How many transactions a file has, how many are new, and how many of those are matched."""

    transactions: int
    new: int
    matched: int


async def import_statement(session: AsyncSession, creditor_id: UUID, content: bytes) -> Imported:
    """Take a file; what an earlier one has told already is passed over.

    Raises CreditorMissing, StatementRefused.
    """
    creditor = await creditor_store.get_creditor(session, creditor_id)
    ibans = await creditor_store.list_ibans(session, creditor_id)
    told = await asyncio.to_thread(_read, content, creditor_id, ibans, today=today_in(session))
    issuers, books = await _lock(session, creditor_id)
    known = await store.list_known(session, creditor_id, [one.id for one in told])
    new = [one for one in told if one.id not in known]
    matcher = await _matcher(session, creditor_id, issuers, new)
    # Money that came goes before money that went back, or a return might find nothing paid.
    ordered = sorted(new, key=lambda one: (one.booked_on, one.amount_cents < 0))
    matches = await asyncio.to_thread(lambda: [(one, matcher.match(one)) for one in ordered])
    await store.save_transactions(
        session, creditor_id, [(one, match.by if match else None) for one, match in matches]
    )
    found = [match for _, match in matches if match]
    await _enter(session, creditor, found, books)
    await store.save_statement(session, creditor_id, content, now_in(session))
    return Imported(len(told), len(new), len(found))


async def _lock(session: AsyncSession, creditor_id: UUID) -> tuple[set[UUID], Mapping[UUID, Books]]:
    """Lock all books that a transaction may touch; returns whose invoices it may be about, too.

    Once more if collections or payouts were made while this waited: they lock the creditor's books.
    """
    books: Mapping[UUID, Books] = {}
    while True:
        issuers = {
            creditor_id,
            *await creditor_store.list_paid_by(session, creditor_id),
            *await list_issuers_collected(session, creditor_id),
        }
        payees = {one.payee_id for one in await store.list_transfers(session, creditor_id)}
        if issuers | payees <= books.keys():
            return issuers, books
        books = await lock_books(session, issuers | payees)


def _read(
    content: bytes, creditor_id: UUID, ibans: Collection[str], *, today: date
) -> list[BankTransaction]:
    """Of the creditor's accounts, former ones too. Raises StatementRefused."""
    by_iban: defaultdict[str, list[BankTransaction]] = defaultdict(list)
    for one in read_statements(content):
        by_iban[one.iban] += one.transactions
    if by_iban.keys() - set(ibans):
        raise StatementRefused(
            "The statement is of another account: ask the bank for that of this creditor."
        )
    days = [one.booked_on for transactions in by_iban.values() for one in transactions]
    if days and not _FIRST_DAY <= min(days) <= max(days) <= today:
        raise StatementRefused("An entry is booked in the future, or before 2000.")
    return [
        one
        for iban, transactions in by_iban.items()
        for one in identify(creditor_id, iban, transactions)
    ]


async def _matcher(
    session: AsyncSession,
    creditor_id: UUID,
    issuers: set[UUID],
    transactions: Sequence[BankTransaction],
) -> Matcher:
    first_day = min((one.booked_on for one in transactions), default=date.max)
    debits = await store.list_debits(
        session, creditor_id, since=first_day - timedelta(days=_RETURNED_WITHIN_DAYS)
    )
    invoices = await list_open_invoices(
        session,
        issuers,
        also={one.invoice_id for one in debits},
        also_numbers=all_numbers(transactions),
    )
    accounts: defaultdict[str, set[UUID]] = defaultdict(set)
    for mandate in await creditor_store.list_mandates(session, creditor_id):
        if mandate.revoked_on is None:
            accounts[mandate.account].add(mandate.debtor_id)
    return Matcher(
        invoices=invoices,
        debits=debits,
        transfers=await store.list_transfers(session, creditor_id),
        accounts=accounts,
        own_ids=await store.list_own_ids(session, creditor_id, all_ids(transactions)),
    )


async def assign_to_transfer(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID, item_id: UUID
) -> BankTransactionRow:
    """Say which transfer of a payout an unmatched transaction executed, or brought back.

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
    """Say which invoice an unmatched transaction pays, or gives back.

    Raises CreditorMissing, TransactionUnknown, TransactionMatched, InvoiceNotFound.
    """
    creditor = await creditor_store.get_creditor(session, creditor_id)
    issuers, books = await _lock(session, creditor_id)
    row = await store.get_unmatched(session, creditor_id, transaction_id)
    found = await list_open_invoices(session, issuers, also=[invoice_id])
    invoice = next((one for one in found if one.invoice_id == invoice_id), None)
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
    """Enter the matches in all books concerned, which are locked; tell collections and payouts.

    What the bank tells after a year is closed is entered on the first day of the next one.
    """
    owner = PartyAccount(creditor.member_id, creditor.name)
    entries = [
        replace(entry, day=books[entry.owner_id].open_day(entry.day))
        for match in matches
        for entry in bank_entries(match, owner, books)
    ]
    await add_entries(session, entries, books, today=today_in(session))
    await store.save_debits(session, matches)
    for match in matches:
        if match.transfer is not None:
            await store.save_transfer(session, match.transfer, match.transaction)
        reason = match.transaction.return_reason
        if match.debits and reason is not None and blocks_mandate(reason):
            blocked = [one.mandate_id for one in match.debits]
            await creditor_store.block_mandates(session, blocked, reason)

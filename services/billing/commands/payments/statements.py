"""Import bank statements: match their transactions, and enter what they mean."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from services.billing.commands.payments.entering import enter_matches, lock_collected
from services.billing.commands.payments.statement_chains import find_gaps
from services.billing.domain.payments.bank import (
    BankStatement,
    BankTransaction,
    StatementGap,
    StatementRefused,
    identify,
)
from services.billing.domain.payments.matching import Matcher, all_ids
from services.billing.domain.payments.payers_words import all_numbers
from services.billing.formats.camt053 import read_statements
from services.billing.store.payments import bank as store
from services.billing.store.payments import creditors as creditor_store
from services.billing.store.payments.files import list_own_ids
from services.billing.store.payments.notice_standings import list_paid_elsewhere
from services.billing.store.payments.open_invoices import list_open_invoices
from services.billing.store.payments.payers import get_payer_accounts
from services.billing.store.payments.payment_notices import list_numbered, list_successors
from services.billing.store.payments.refunds import list_refunded

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
    issuers, books = await lock_collected(session, creditor_id)
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
    await enter_matches(session, creditor, matched, books)
    gaps = await find_gaps(session, creditor_id, statements)
    await store.save_statement(session, creditor_id, content, now_in(session))
    return Imported(len(transactions), len(new_transactions), len(matched), gaps)


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
    refunds = await list_refunded(session, creditor_id)
    numbers = all_numbers(transactions)
    notices = await list_numbered(session, creditor_id, numbers)
    concerned = {item.invoice_id for debit in debits for item in debit.items}
    concerned |= {credit.invoice_id for refunded in refunds for credit in refunded.credits}
    documents = {invoice_id for notice in notices for invoice_id in notice.invoice_ids}
    concerned |= documents | await list_successors(session, documents)
    invoices = await list_open_invoices(
        session,
        issuers,
        also=concerned,
        also_numbers=numbers,
    )
    return Matcher(
        invoices=invoices,
        debits=debits,
        transfers=await store.list_transfers(session, creditor_id),
        refunds=refunds,
        accounts=await get_payer_accounts(
            session, creditor_id, issuers, {invoice.customer_id for invoice in invoices}
        ),
        own_ids=await list_own_ids(session, creditor_id, all_ids(transactions)),
        notices=notices,
        paid_elsewhere=await list_paid_elsewhere(session, notices),
    )

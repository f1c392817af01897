"""Bank statements: imported transactions, and those not matched yet."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.database.pages import page_of_newest
from libs.common.errors import Problem
from services.billing.domain.payments.bank import BankBalance, BankTransaction
from services.billing.domain.payments.matches import Debit, DebitItem, Match, MatchedBy
from services.billing.domain.payments.transfers import Transfer
from services.billing.store.payments.collections import list_items_of_creditor
from services.billing.store.payments.creditors import list_mandates
from services.billing.store.payments.files import answer_of
from services.billing.store.payments.payouts import get_item_of_payer, list_items_of_payer
from services.billing.tables import (
    BankBalanceRow,
    BankStatementRow,
    BankTransactionRow,
    CollectionItemRow,
    PayoutItemRow,
)

_BATCH = 1000


class TransactionUnknown(Problem):
    status, slug, title = 404, "transaction-unknown", "There is no such bank transaction"
    example_detail = "No transaction of this creditor has this id."


class TransactionMatched(Problem):
    status, slug, title = 409, "transaction-matched", "The transaction is matched already"
    example_detail = "It was matched by end-to-end-id."


async def save_statement(
    session: AsyncSession, creditor_id: UUID, content: bytes, imported_at: datetime
) -> None:
    values = {
        "creditor_id": creditor_id,
        "file_hash": hashlib.sha256(content).hexdigest(),
        "imported_at": imported_at,
    }
    await session.execute(insert(BankStatementRow).values(values).on_conflict_do_nothing())


async def list_balances_before(
    session: AsyncSession, creditor_id: UUID, account_id: UUID, balance: BankBalance
) -> Sequence[BankBalance]:
    """Return the account's statements that closed on the same day, or on the last day before.

    The last day before is one on which a statement had closed when this one opened.
    """
    row = BankBalanceRow
    of_account = and_(row.creditor_id == creditor_id, row.account_id == account_id)
    last_day = select(func.max(row.closed_on)).where(
        of_account, row.closed_on < balance.closed_on, row.closed_on <= balance.opened_on
    )
    query = (
        select(row.opened_on, row.closed_on, row.opening_cents, row.closing_cents)
        .where(
            of_account,
            or_(row.closed_on == balance.closed_on, row.closed_on == last_day.scalar_subquery()),
        )
        .order_by(row.closed_on, row.opened_on, row.closing_cents)
    )
    return [BankBalance(*sums) for sums in await session.execute(query)]


async def save_balance(
    session: AsyncSession, creditor_id: UUID, account_id: UUID, balance: BankBalance
) -> None:
    """Keep the sums of a statement; a bank may mend them, or give several on one day."""
    values = {"creditor_id": creditor_id, "account_id": account_id, **vars(balance)}
    await session.execute(insert(BankBalanceRow).values(values).on_conflict_do_nothing())


async def list_known(
    session: AsyncSession, creditor_id: UUID, ids: Sequence[UUID]
) -> frozenset[UUID]:
    """The ids, among these, of transactions in earlier files of this creditor."""
    query = select(BankTransactionRow.id).where(
        BankTransactionRow.creditor_id == creditor_id, among(BankTransactionRow.id, ids)
    )
    return frozenset(await session.scalars(query))


async def save_transactions(
    session: AsyncSession,
    creditor_id: UUID,
    transactions: Sequence[tuple[BankTransaction, MatchedBy | None]],
) -> None:
    rows = [
        {
            **vars(transaction),
            "creditor_id": creditor_id,
            "matched_by": matched_by,
            "entered_as": transaction.id if matched_by else None,
        }
        for transaction, matched_by in transactions
    ]
    for first in range(0, len(rows), _BATCH):
        await session.execute(insert(BankTransactionRow), rows[first : first + _BATCH])


async def list_transactions(
    session: AsyncSession,
    creditor_id: UUID,
    *,
    unmatched_only: bool,
    after: UUID | None,
    limit: int,
) -> Sequence[BankTransactionRow]:
    """The creditor's transactions, the newest day first, then by id.

    after: the last one of the previous page, matched since or not. Raises TransactionUnknown.
    """
    row = BankTransactionRow
    page = await page_of_newest(
        session,
        select(row).where(row.creditor_id == creditor_id),
        at=row.booked_on,
        key=[row.id],
        after=[after] if after else None,
        limit=limit,
        unknown=TransactionUnknown("No transaction of this creditor has this id."),
    )
    if unmatched_only:
        page = page.where(row.matched_by.is_(None))
    return (await session.scalars(page)).all()


async def get_unmatched(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID
) -> BankTransactionRow:
    """The unmatched transaction. Raises TransactionUnknown, TransactionMatched."""
    row = await get_transaction(session, creditor_id, transaction_id)
    if row.matched_by is not None:
        raise TransactionMatched(f"It was matched by {row.matched_by}.")
    return row


async def get_transaction(
    session: AsyncSession, creditor_id: UUID, transaction_id: UUID
) -> BankTransactionRow:
    """Raises TransactionUnknown."""
    row = await session.get(BankTransactionRow, transaction_id, populate_existing=True)
    if row is None or row.creditor_id != creditor_id:
        raise TransactionUnknown("No transaction of this creditor has this id.")
    return row


def read_transaction(row: BankTransactionRow) -> BankTransaction:
    return BankTransaction(
        id=row.id,
        booked_on=row.booked_on,
        amount_cents=row.amount_cents,
        reference=row.reference,
        end_to_end_id=row.end_to_end_id,
        rum=row.rum,
        batch_id=row.batch_id,
        remittance=row.remittance,
        party_name=row.party_name,
        party_iban=row.party_iban,
        return_reason=row.return_reason,
        statement_reference=row.statement_reference,
    )


async def list_debits(session: AsyncSession, creditor_id: UUID, *, since: date) -> list[Debit]:
    """Direct debits sent to the bank for this day and later, the oldest first."""
    rums = {mandate.id: mandate.rum for mandate in await list_mandates(session, creditor_id)}
    debits: dict[UUID, list[CollectionItemRow]] = {}
    for item in await list_items_of_creditor(session, creditor_id, since=since):
        debits.setdefault(item.debit_id, []).append(item)
    return [_debit(items, rums[items[0].mandate_id]) for items in debits.values()]


def _debit(items: Sequence[CollectionItemRow], rum: str) -> Debit:
    """The debit of these invoices, all of which have the bank's answer on it."""
    first = items[0]
    return Debit(
        id=first.debit_id,
        collection_id=first.collection_id,
        mandate_id=first.mandate_id,
        rum=rum,
        sequence_type=first.sequence_type,
        items=[DebitItem(item.invoice_id, item.amount_cents) for item in items],
        is_received=first.received_on is not None and first.answered_by is None,
        is_presumed=first.answered_by is not None,
        is_returned=first.returned_on is not None,
    )


async def list_transfers(session: AsyncSession, creditor_id: UUID) -> list[Transfer]:
    """All transfers of payouts sent to the bank."""
    return [_transfer(*item) for item in await list_items_of_payer(session, creditor_id)]


async def get_transfer(session: AsyncSession, creditor_id: UUID, item_id: UUID) -> Transfer:
    """A transfer of a payout, even if it was cancelled or rejected. Raises PayoutUnknown."""
    return _transfer(*await get_item_of_payer(session, creditor_id, item_id))


def _transfer(item: PayoutItemRow, payee_name: str) -> Transfer:
    return Transfer(
        id=item.id,
        payee_id=item.payee_id,
        payee_name=payee_name,
        amount_cents=item.amount_cents,
        is_executed=item.executed_on is not None,
        is_returned=item.returned_on is not None,
    )


async def save_debits(session: AsyncSession, matches: Sequence[Match]) -> None:
    """Save the bank's answer on each direct debit: received, or returned with a reason."""
    answers = [(debit, match.transaction) for match in matches for debit in match.debits]
    received = [
        (debit.id, transaction.booked_on)
        for debit, transaction in answers
        if transaction.amount_cents > 0
    ]
    returned = [
        (debit.id, transaction.booked_on, transaction.return_reason or "NARR")
        for debit, transaction in answers
        if transaction.amount_cents < 0
    ]
    await session.execute(
        text("""
            UPDATE collection_item SET received_on = said.day, answered_by = NULL
            FROM unnest(CAST(:ids AS uuid[]), CAST(:days AS date[])) AS said (id, day)
            WHERE collection_item.debit_id = said.id
        """),
        {"ids": [item[0] for item in received], "days": [item[1] for item in received]},
    )
    await session.execute(
        text("""
            UPDATE collection_item SET returned_on = said.day, return_reason = said.reason
            FROM unnest(CAST(:ids AS uuid[]), CAST(:days AS date[]), CAST(:reasons AS text[]))
                AS said (id, day, reason)
            WHERE collection_item.debit_id = said.id
        """),
        {
            "ids": [item[0] for item in returned],
            "days": [item[1] for item in returned],
            "reasons": [item[2] for item in returned],
        },
    )


async def save_transfer(
    session: AsyncSession, transfer: Transfer, transaction: BankTransaction
) -> None:
    answer = answer_of(transaction)
    await session.execute(
        update(PayoutItemRow).where(PayoutItemRow.id == transfer.id).values(**answer)
    )

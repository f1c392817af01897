"""The money that a creditor holds for its payees: collected, returned, kept and blocked."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.database.arrays import among
from services.billing.domain.books.ledger import Journal, SourceKind, account_root
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.matches import BY_IDS
from services.billing.domain.payments.payouts.movements import (
    PayoutMovement,
    kind_of_movement,
)
from services.billing.domain.payments.payouts.payouts import PayeeAccount
from services.billing.domain.payments.payouts.reserves import PayoutReserve
from services.billing.store.payments import payouts as payout_store
from services.billing.store.payments.creditors import get_creditors
from services.billing.store.payments.files import was_refused
from services.billing.store.payments.open_invoices import map_owed_credits
from services.billing.store.payments.refunds import is_of_refund
from services.billing.tables import (
    BankTransactionRow,
    CollectionItemRow,
    CollectionRow,
    EntryRow,
    InvoiceRow,
    LineRow,
    PayoutEntryRow,
    PayoutItemRow,
    PayoutReserveRow,
    PayoutRow,
)

_INTERMEDIARIES = f"{account_root('intermediaries')}%"
_OF_BANK = (SourceKind.BANK_TRANSACTION, SourceKind.BANK_REVERSAL)


async def list_payee_accounts(
    session: AsyncSession, creditor_id: UUID, *, today: date
) -> Sequence[PayeeAccount]:
    """The accounts of all to whom the creditor owes, or owed, money it collected for them."""
    owed_cents = await payout_store.list_owed(session, creditor_id)
    payees = await get_creditors(session, owed_cents)
    names = await payout_store.map_party_names(session, creditor_id)
    movements = await _map_new_movements(session, creditor_id, owed_cents)
    before = await _map_last_items(session, creditor_id)
    credits_cents = await map_owed_credits(session, owed_cents)
    recent_cents = await _map_recent_cents(session, creditor_id, today=today)
    blocked_by = await _map_blocked(session, payees)
    return [
        PayeeAccount(
            payee_id=payee_id,
            name=payees[payee_id].name if payee_id in payees else names[payee_id],
            payee=payees.get(payee_id),
            since=_since(before.get(payee_id), movements.get(payee_id, ()), today=today),
            until=today,
            before_cents=_left_cents(before.get(payee_id)),
            owed_cents=cents,
            movements=movements.get(payee_id, ()),
            owed_credits_cents=credits_cents.get(payee_id, 0),
            recent_cents=recent_cents.get(payee_id, 0),
            blocked_by=blocked_by.get(payee_id),
        )
        for payee_id, cents in owed_cents.items()
    ]


def _left_cents(item: PayoutItemRow | None) -> int:
    return item.credits_cents + item.reserve_cents if item else 0


def _since(
    before: PayoutItemRow | None, movements: Sequence[PayoutMovement], *, today: date
) -> date:
    """The day after the last payout, or that of the first movement if it is before.

    The bank may tell late of what it booked before the last payout. None lies after today.
    """
    first_day = min((movement.day for movement in movements), default=today)
    after_last = before.until + timedelta(days=1) if before else first_day
    return min(after_last, first_day, today)


async def find_reserve(session: AsyncSession, creditor_id: UUID) -> PayoutReserve:
    """Return the creditor's reserve; none unless it has set one."""
    row = await session.get(PayoutReserveRow, creditor_id, populate_existing=True)
    return PayoutReserve(row.share_percent, row.days) if row else PayoutReserve()


async def save_reserve(session: AsyncSession, creditor_id: UUID, reserve: PayoutReserve) -> None:
    await session.merge(PayoutReserveRow(creditor_id=creditor_id, **vars(reserve)))
    await session.flush()


async def _map_recent_cents(
    session: AsyncSession, creditor_id: UUID, *, today: date
) -> Mapping[UUID, int]:
    """Return the sums kept of recent direct debits, by issuer, as none has come back yet."""
    reserve = await find_reserve(session, creditor_id)
    item = CollectionItemRow
    query = (
        select(InvoiceRow.issuer_id, func.sum(item.amount_cents).label("cents"))
        .join(item, item.invoice_id == InvoiceRow.id)
        .join(CollectionRow, CollectionRow.id == item.collection_id)
        .where(
            CollectionRow.creditor_id == creditor_id,
            item.received_on > today - timedelta(days=reserve.days),
            item.returned_on.is_(None),
        )
        .group_by(InvoiceRow.issuer_id)
    )
    rows = await session.execute(query)
    return {row.issuer_id: reserve.kept_cents(int(row.cents)) for row in rows}


async def _map_last_items(session: AsyncSession, creditor_id: UUID) -> Mapping[UUID, PayoutItemRow]:
    """The last transfer to each payee whose file was not cancelled, whatever became of it."""
    row = PayoutItemRow
    query = (
        select(row)
        .join(PayoutRow, PayoutRow.id == row.payout_id)
        .where(PayoutRow.creditor_id == creditor_id, PayoutRow.cancelled_on.is_(None))
        .ext(distinct_on(row.payee_id))
        .order_by(row.payee_id, PayoutRow.created_at.desc())
    )
    return {item.payee_id: item for item in await session.scalars(query)}


async def _map_blocked(
    session: AsyncSession, payees: Mapping[UUID, Creditor]
) -> Mapping[UUID, str]:
    """Return the reason why the account in use is unreachable, by payee: a transfer came back.

    One that was executed after all has arrived.
    """
    row = PayoutItemRow
    query = (
        select(row.payee_id, row.iban, row.return_reason)
        .where(
            among(row.payee_id, payees),
            was_refused(row),
        )
        .order_by(func.coalesce(row.returned_on, row.cancelled_on))
    )
    rows = await session.execute(query)
    return {
        item.payee_id: str(item.return_reason)
        for item in rows
        if item.iban == payees[item.payee_id].iban
    }


async def _map_new_movements(
    session: AsyncSession, creditor_id: UUID, payees: Collection[UUID]
) -> Mapping[UUID, Sequence[PayoutMovement]]:
    """The movements of customers' money that no payout has listed, by payee, the oldest first."""
    listed = select(PayoutEntryRow.entry_id).where(PayoutEntryRow.entry_id == EntryRow.id)
    query = _movements(creditor_id).where(among(EntryRow.owner_id, payees), ~listed.exists())
    movements: defaultdict[UUID, list[PayoutMovement]] = defaultdict(list)
    for row in await session.execute(query):
        movements[row.owner_id].append(_movement(row))
    return movements


async def list_movements(
    session: AsyncSession, creditor_id: UUID, item_id: UUID
) -> Sequence[PayoutMovement]:
    """The movements that a payout lists for its payee, the oldest first."""
    listed = PayoutEntryRow
    query = _movements(creditor_id).join(listed, listed.entry_id == EntryRow.id)
    rows = await session.execute(query.where(listed.item_id == item_id))
    return [_movement(row) for row in rows]


def _movements(creditor_id: UUID) -> Select[Any]:
    """Lines of customers in the entries by which the creditor owes more, or less, to an owner."""
    between, bank = aliased(LineRow), BankTransactionRow
    name = cast(InvoiceRow.content, JSONB)["customer"]["name"].astext
    return (
        select(
            EntryRow.id,
            EntryRow.owner_id,
            EntryRow.day,
            EntryRow.source_kind,
            LineRow.invoice_id,
            InvoiceRow.number,
            InvoiceRow.customer_id,
            name.label("customer_name"),
            (LineRow.credit_cents - LineRow.debit_cents).label("cents"),
            (between.debit_cents - between.credit_cents).label("entry_cents"),
            _is_returned().label("is_returned"),
        )
        .join(LineRow, LineRow.entry_id == EntryRow.id)
        .join(
            between,
            and_(
                between.entry_id == EntryRow.id,
                between.party_id == creditor_id,
                between.account.like(_INTERMEDIARIES),
            ),
        )
        .join(InvoiceRow, InvoiceRow.id == LineRow.invoice_id)
        .outerjoin(bank, bank.entered_as == EntryRow.source_id)
        .where(
            EntryRow.journal != Journal.OPENING,
            EntryRow.source_kind.in_(_OF_BANK),
        )
        .order_by(EntryRow.day, InvoiceRow.number, LineRow.position)
    )


def _is_returned() -> ColumnElement[bool]:
    """Whether the bank gave a reason, or a direct debit or a refund of ours went back."""
    bank = BankTransactionRow
    of_debit = and_(bank.amount_cents < 0, bank.matched_by.in_(BY_IDS), ~is_of_refund())
    of_refund = and_(bank.amount_cents > 0, is_of_refund())
    return or_(bank.return_reason.is_not(None), of_debit, of_refund)


def _movement(row: Row[Any]) -> PayoutMovement:
    kind = kind_of_movement(
        int(row.entry_cents),
        is_returned=bool(row.is_returned),
        is_reversal=row.source_kind == SourceKind.BANK_REVERSAL,
    )
    return PayoutMovement(
        entry_id=row.id,
        day=row.day,
        kind=kind,
        invoice_id=row.invoice_id,
        number=row.number,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        amount_cents=int(row.cents),
    )

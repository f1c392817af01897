"""Payouts: what a creditor sends to those for whom it collects."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from libs.common.errors import Problem
from libs.common.pages import page_of_newest
from services.billing.domain.ledger import Journal, account_root
from services.billing.domain.payouts import PayoutPlan
from services.billing.tables import CreditorRow, EntryRow, LineRow, PayoutItemRow, PayoutRow


class PayoutUnknown(Problem):
    status, slug, title = 404, "payout-unknown", "There is no such payout"
    example_detail = "This creditor has no payout with this id."


class PayoutExecuted(Problem):
    status, slug, title = 409, "payout-executed", "The bank has executed this payout"
    example_detail = "1 of its transfers has been executed: it went to the bank."
    example_facts: ClassVar = {"executed": 1}


def owed_in_books(creditor_id: UUID) -> Select[UUID | None, int]:
    """By party_id, cents: what the books owe each; who owes the creditor has a negative sum."""
    owed_cents = func.sum(LineRow.credit_cents - LineRow.debit_cents)
    return (
        select(LineRow.party_id, owed_cents.label("cents"))
        .join(EntryRow, EntryRow.id == LineRow.entry_id)
        .where(
            EntryRow.owner_id == creditor_id,
            EntryRow.journal != Journal.OPENING,
            LineRow.account.like(f"{account_root('intermediaries')}%"),
        )
        .group_by(LineRow.party_id)
    )


async def list_owed(session: AsyncSession, creditor_id: UUID) -> Mapping[UUID, int]:
    """By payee, in cents: what was collected for it, less what is paid out or on its way."""
    books = await session.execute(owed_in_books(creditor_id))
    owed = {row.party_id: int(row.cents) for row in books}
    for item, _ in await list_items_of_payer(session, creditor_id):
        if item.executed_on is None:
            owed[item.payee_id] = owed.get(item.payee_id, 0) - item.amount_cents
    return owed


async def list_items_of_payer(
    session: AsyncSession, creditor_id: UUID
) -> Sequence[tuple[PayoutItemRow, str]]:
    """Of all its payouts, but for what was cancelled or rejected, with the name of the payee.

    What the bank has executed after all, or brought back, is among them.
    """
    row = PayoutItemRow
    moved = or_(row.executed_on.is_not(None), row.returned_on.is_not(None))
    query = (
        _items_of_payer(creditor_id)
        .where(or_(row.cancelled_on.is_(None), moved))
        .order_by(PayoutRow.day, row.id)
    )
    return [(row.PayoutItemRow, row.name) for row in await session.execute(query)]


async def get_item_of_payer(
    session: AsyncSession, creditor_id: UUID, item_id: UUID
) -> tuple[PayoutItemRow, str]:
    """Whatever became of it, with the name of the payee. Raises PayoutUnknown."""
    query = _items_of_payer(creditor_id).where(PayoutItemRow.id == item_id)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise PayoutUnknown("No payout of this creditor has this transfer.")
    return found.PayoutItemRow, found.name


def _items_of_payer(creditor_id: UUID) -> Select[PayoutItemRow, str]:
    return (
        select(PayoutItemRow, CreditorRow.name)
        .join(PayoutRow, PayoutRow.id == PayoutItemRow.payout_id)
        .join(CreditorRow, CreditorRow.member_id == PayoutItemRow.payee_id)
        .where(PayoutRow.creditor_id == creditor_id)
        .execution_options(populate_existing=True)
    )


async def save_payout(
    session: AsyncSession,
    payout_id: UUID,
    creditor_id: UUID,
    plan: PayoutPlan,
    *,
    day: date,
    created_at: datetime,
    content: bytes,
) -> PayoutRow:
    row = PayoutRow(
        id=payout_id,
        creditor_id=creditor_id,
        day=day,
        created_at=created_at,
        transaction_count=len(plan.items),
        total_cents=plan.total_cents,
        content=content.decode(),
        content_hash=hashlib.sha256(content).hexdigest(),
        cancelled_on=None,
    )
    session.add(row)
    await session.flush()
    items = [
        {
            "id": one.id,
            "payout_id": payout_id,
            "payee_id": one.payee.member_id,
            "amount_cents": one.amount_cents,
        }
        for one in plan.items
    ]
    await session.execute(insert(PayoutItemRow), items)
    return row


async def find_payout(session: AsyncSession, payout_id: UUID) -> PayoutRow | None:
    return await session.get(PayoutRow, payout_id, populate_existing=True)


async def get_payout(session: AsyncSession, creditor_id: UUID, payout_id: UUID) -> PayoutRow:
    """Raises PayoutUnknown."""
    row = await find_payout(session, payout_id)
    if row is None or row.creditor_id != creditor_id:
        raise PayoutUnknown("This creditor has no payout with this id.")
    return row


async def list_payouts(
    session: AsyncSession, creditor_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[PayoutRow]:
    """The newest day first, those of a day by id; without what the bank gets, which is long.

    after: the last one of the page before. Raises PayoutUnknown.
    """
    row = PayoutRow
    page = await page_of_newest(
        session,
        select(row).where(row.creditor_id == creditor_id),
        at=row.day,
        key=[row.id],
        after=[after] if after else None,
        limit=limit,
        unknown=PayoutUnknown("This creditor has no payout with this id."),
    )
    return (await session.scalars(page.options(defer(row.content)))).all()


async def list_items(session: AsyncSession, payout_id: UUID) -> Sequence[PayoutItemRow]:
    query = select(PayoutItemRow).where(PayoutItemRow.payout_id == payout_id)
    rows = await session.scalars(
        query.order_by(PayoutItemRow.id).execution_options(populate_existing=True)
    )
    return rows.all()


async def get_pending_item(
    session: AsyncSession, payout: PayoutRow, item_id: UUID
) -> PayoutItemRow:
    """Also one that was rejected before. Raises PayoutUnknown, PayoutExecuted."""
    row = next((one for one in await list_items(session, payout.id) if one.id == item_id), None)
    if row is None:
        raise PayoutUnknown("This payout has no such transfer.")
    if row.executed_on is not None or row.returned_on is not None:
        raise PayoutExecuted(
            "Its money has moved: import the statement that tells of its return.", executed=1
        )
    return row


async def cancel(session: AsyncSession, payout: PayoutRow, today: date) -> None:
    """Raises PayoutExecuted."""
    items = await list_items(session, payout.id)
    answered = [one for one in items if one.executed_on or one.return_reason]
    if answered:
        raise PayoutExecuted(
            f"The bank has answered {len(answered)} of its transfers: it went there.",
            executed=sum(one.executed_on is not None for one in answered),
        )
    payout.cancelled_on = today
    await session.execute(
        update(PayoutItemRow).where(PayoutItemRow.payout_id == payout.id).values(cancelled_on=today)
    )

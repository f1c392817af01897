"""Payouts by a creditor to the members for which it collects."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer, undefer

from libs.common.database.pages import page_of_newest
from libs.common.errors import Problem
from services.billing.domain.books.ledger import Journal, account_root
from services.billing.domain.payments.payouts.payouts import PayoutItem, PayoutPlan
from services.billing.store.payments.files import (
    TransfersExecuted,
    cancel_unanswered,
    get_file,
    has_moved,
    hash_of_content,
    list_files,
    may_be_told,
)
from services.billing.tables import (
    CreditorRow,
    EntryRow,
    LineRow,
    PayoutEntryRow,
    PayoutItemRow,
    PayoutRow,
)


class PayoutUnknown(Problem):
    status, slug, title = 404, "payout-unknown", "There is no such payout"
    example_detail = "This creditor has no payout with this id."


class PayoutExecuted(TransfersExecuted):
    slug, title = "payout-executed", "The bank has executed this payout"


def owed_in_books(creditor_id: UUID) -> Select[UUID | None, int]:
    """Select party_id and cents: the creditor's debt to each party, negative for debtors."""
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
    """Debts by payee, in cents: money collected for it, less money paid out or on its way."""
    books = await session.execute(owed_in_books(creditor_id))
    debts = {row.party_id: int(row.cents) for row in books}
    for item, _ in await list_items_of_payer(session, creditor_id):
        if item.executed_on is None:
            debts[item.payee_id] = debts.get(item.payee_id, 0) - item.amount_cents
    return debts


async def map_party_names(session: AsyncSession, creditor_id: UUID) -> Mapping[UUID | None, str]:
    """The names of all with whom the creditor has an account of intermediaries, as entered."""
    query = (
        select(LineRow.party_id, func.max(LineRow.party_name).label("name"))
        .join(EntryRow, EntryRow.id == LineRow.entry_id)
        .where(
            EntryRow.owner_id == creditor_id,
            LineRow.account.like(f"{account_root('intermediaries')}%"),
        )
        .group_by(LineRow.party_id)
    )
    return {row.party_id: row.name for row in await session.execute(query)}


async def list_items_of_payer(
    session: AsyncSession, creditor_id: UUID
) -> Sequence[tuple[PayoutItemRow, str]]:
    """The items of all its payouts, with payee names, without cancelled and rejected items.

    Items that the bank has executed after all, or returned, are included.
    """
    query = (
        _items_of_payer(creditor_id)
        .where(may_be_told(PayoutItemRow))
        .order_by(PayoutRow.day, PayoutItemRow.id)
    )
    return [(row.PayoutItemRow, row.name) for row in await session.execute(query)]


async def get_item_of_payer(
    session: AsyncSession, creditor_id: UUID, item_id: UUID
) -> tuple[PayoutItemRow, str]:
    """An item in any state, with the name of the payee. Raises PayoutUnknown."""
    query = _items_of_payer(creditor_id).where(PayoutItemRow.id == item_id)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise PayoutUnknown("No payout of this creditor has this transfer.")
    return row.PayoutItemRow, row.name


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
        content_hash=hash_of_content(content),
        cancelled_on=None,
    )
    session.add(row)
    await session.flush()
    await session.execute(insert(PayoutItemRow), [_item(payout_id, item) for item in plan.items])
    entries = [
        {"entry_id": entry_id, "item_id": item.id}
        for item in plan.items
        for entry_id in {movement.entry_id for movement in item.account.movements}
    ]
    if entries:
        await session.execute(insert(PayoutEntryRow), entries)
    return row


def _item(payout_id: UUID, item: PayoutItem) -> dict[str, object]:
    account = item.account
    return {
        "id": item.id,
        "payout_id": payout_id,
        "payee_id": account.payee_id,
        "iban": item.payee.iban,
        "amount_cents": item.amount_cents,
        "since": account.since,
        "until": account.until,
        "before_cents": account.before_cents,
        "owed_cents": account.owed_cents,
        "credits_cents": account.credits_cents,
        "reserve_cents": account.reserve_cents,
    }


async def find_payout(session: AsyncSession, payout_id: UUID) -> PayoutRow | None:
    return await session.get(PayoutRow, payout_id, populate_existing=True)


def _unknown() -> PayoutUnknown:
    return PayoutUnknown("This creditor has no payout with this id.")


async def get_payout(session: AsyncSession, creditor_id: UUID, payout_id: UUID) -> PayoutRow:
    """A payout of this creditor. Raises PayoutUnknown."""
    return await get_file(session, PayoutRow, creditor_id, payout_id, unknown=_unknown())


async def list_payouts(
    session: AsyncSession, creditor_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[PayoutRow]:
    """Return the payouts of ``list_files``. Raises PayoutUnknown."""
    return await list_files(
        session, PayoutRow, creditor_id, after=after, limit=limit, unknown=_unknown()
    )


async def list_items(session: AsyncSession, payout_id: UUID) -> Sequence[PayoutItemRow]:
    query = select(PayoutItemRow).where(PayoutItemRow.payout_id == payout_id)
    rows = await session.scalars(
        query.order_by(PayoutItemRow.id).execution_options(populate_existing=True)
    )
    return rows.all()


async def get_item(
    session: AsyncSession, creditor_id: UUID, payout_id: UUID, item_id: UUID
) -> tuple[PayoutRow, PayoutItemRow]:
    """A transfer and its payout. Raises PayoutUnknown."""
    payout = await get_payout(session, creditor_id, payout_id)
    item = await session.get(PayoutItemRow, item_id, populate_existing=True)
    if item is None or item.payout_id != payout_id:
        raise PayoutUnknown("This payout has no such transfer.")
    return payout, item


async def get_item_to_mail(session: AsyncSession, item_id: UUID) -> tuple[PayoutRow, PayoutItemRow]:
    """A transfer with its account, and its payout without the file."""
    query = (
        select(PayoutRow, PayoutItemRow)
        .join(PayoutItemRow, PayoutItemRow.payout_id == PayoutRow.id)
        .where(PayoutItemRow.id == item_id)
        .options(defer(PayoutRow.content), undefer(PayoutItemRow.iban))
    )
    row = (await session.execute(query)).one()
    return row.PayoutRow, row.PayoutItemRow


async def list_items_of_payee(
    session: AsyncSession, payee_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[tuple[PayoutItemRow, PayoutRow]]:
    """Return the payee's payouts, the newest day first, then by id; without files not sent.

    after: the last one of the previous page. Raises PayoutUnknown.
    """
    row = PayoutItemRow
    page = await page_of_newest(
        session,
        select(row)
        .join(PayoutRow, PayoutRow.id == row.payout_id)
        .where(row.payee_id == payee_id, PayoutRow.cancelled_on.is_(None)),
        at=PayoutRow.day,
        key=[row.id],
        after=[after] if after else None,
        limit=limit,
        unknown=PayoutUnknown("This member was paid no transfer with this id."),
    )
    rows = await session.execute(page.add_columns(PayoutRow).options(defer(PayoutRow.content)))
    return [(item.PayoutItemRow, item.PayoutRow) for item in rows]


async def get_pending_item(
    session: AsyncSession, payout: PayoutRow, item_id: UUID
) -> PayoutItemRow:
    """An item that has not moved money, even if rejected. Raises PayoutUnknown, PayoutExecuted."""
    row = next((item for item in await list_items(session, payout.id) if item.id == item_id), None)
    if row is None:
        raise PayoutUnknown("This payout has no such transfer.")
    if has_moved(row):
        raise PayoutExecuted.of_transfer()
    return row


async def cancel(session: AsyncSession, payout: PayoutRow) -> None:
    """Cancel a payout and its items. Raises PayoutExecuted."""
    items = await list_items(session, payout.id)
    if await cancel_unanswered(session, payout, items, answered=PayoutExecuted.of_file):
        await _unlist_entries(session, payout)


async def _unlist_entries(session: AsyncSession, payout: PayoutRow) -> None:
    """Let the next payouts list what a cancelled one did, unless a payee was paid again since."""
    later, later_item = aliased(PayoutRow), aliased(PayoutItemRow)
    paid_again = (
        select(later_item.id)
        .join(later, later.id == later_item.payout_id)
        .where(
            later_item.payee_id == PayoutItemRow.payee_id,
            later.creditor_id == payout.creditor_id,
            later.created_at > payout.created_at,
            later.cancelled_on.is_(None),
        )
    )
    last_items = select(PayoutItemRow.id).where(
        PayoutItemRow.payout_id == payout.id, ~paid_again.exists()
    )
    await session.execute(delete(PayoutEntryRow).where(PayoutEntryRow.item_id.in_(last_items)))

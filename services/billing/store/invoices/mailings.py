"""Members' policies on automatic mail, and mailings to customers."""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database.arrays import among
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.domain.invoices.mailings import (
    Mailing,
    MailingDetails,
    MailingKind,
    MailPolicy,
)
from services.billing.tables import InvoiceRow, MailingRow, MailPolicyRow

_details = TypeAdapter(MailingDetails)


async def save_policy(session: AsyncSession, member_id: UUID, policy: MailPolicy) -> None:
    upsert = insert(MailPolicyRow).values(member_id=member_id, **asdict(policy))
    await session.execute(
        upsert.on_conflict_do_update(index_elements=["member_id"], set_=asdict(policy))
    )


async def map_policies(session: AsyncSession, members: Collection[UUID]) -> dict[UUID, MailPolicy]:
    """The policy of each of these members."""
    query = select(MailPolicyRow).where(among(MailPolicyRow.member_id, members))
    rows = await session.scalars(query.execution_options(populate_existing=True))
    policies = {
        row.member_id: MailPolicy(
            row.invoices,
            row.reminders,
            row.pre_notifications,
            row.reminders_when_due,
            row.payment_notices,
            row.payouts,
        )
        for row in rows
    }
    return {member_id: policies.get(member_id, MailPolicy()) for member_id in members}


async def list_reminding(session: AsyncSession) -> Sequence[UUID]:
    """Members whose reminders are made automatically when due."""
    query = select(MailPolicyRow.member_id).where(MailPolicyRow.reminders_when_due)
    return (await session.scalars(query.order_by(MailPolicyRow.member_id))).all()


async def add_mailings(session: AsyncSession, mailings: Sequence[Mailing]) -> None:
    """Add mailings; existing ones stay as they are."""
    now = now_in(session)
    rows: list[dict[str, Any]] = [
        {
            "id": mailing.id,
            "invoice_id": mailing.invoice_id,
            "payout_item_id": mailing.payout_item_id,
            "other_invoice_ids": list(mailing.other_invoice_ids),
            "kind": mailing.kind,
            "details": _details.dump_python(mailing.details, mode="json"),
            "created_at": now,
            "attempts": 0,
            "next_at": now,
            "revision": 0,
            "recipients": [],
        }
        for mailing in mailings
    ]
    if rows:
        await session.execute(insert(MailingRow).on_conflict_do_nothing(), rows)


async def find_mailing(session: AsyncSession, mailing_id: UUID) -> MailingRow | None:
    return await session.get(MailingRow, mailing_id, populate_existing=True)


async def list_mailings(session: AsyncSession, invoice_id: UUID) -> Sequence[MailingRow]:
    """The mailings about an invoice, alone or with others, the oldest first."""
    is_about = or_(
        MailingRow.invoice_id == invoice_id, MailingRow.other_invoice_ids.contains([invoice_id])
    )
    query = select(MailingRow).where(is_about)
    return (await session.scalars(query.order_by(MailingRow.created_at, MailingRow.id))).all()


async def map_of_transfers(
    session: AsyncSession, items: Collection[UUID]
) -> dict[UUID, MailingRow]:
    """The letter about each of these transfers of payouts; those without one are left out."""
    query = select(MailingRow).where(among(MailingRow.payout_item_id, items))
    return {row.payout_item_id: row for row in await session.scalars(query) if row.payout_item_id}


async def list_of_others(
    session: AsyncSession, mailings: Iterable[MailingRow], issuer_id: UUID
) -> AbstractSet[UUID]:
    """The documents of these mailings that another seller than this one issued."""
    ids = {
        invoice_id
        for mailing in mailings
        for invoice_id in (mailing.invoice_id, *mailing.other_invoice_ids)
    }
    query = select(InvoiceRow.id).where(
        among(InvoiceRow.id, ids), InvoiceRow.issuer_id != issuer_id
    )
    return set(await session.scalars(query))


async def list_unsent(
    session: AsyncSession, ids: Collection[UUID]
) -> list[tuple[UUID, DocumentKind]]:
    """The issued documents, among these, without any mailing of the document itself."""
    brings = exists().where(
        or_(
            MailingRow.invoice_id == InvoiceRow.id,
            MailingRow.other_invoice_ids.contains(array([InvoiceRow.id])),
        ),
        MailingRow.kind.in_(
            [MailingKind.INVOICE, MailingKind.CREDIT_NOTE, MailingKind.PAYMENT_NOTICE]
        ),
    )
    query = select(InvoiceRow.id, InvoiceRow.kind).where(
        among(InvoiceRow.id, ids), InvoiceRow.state == InvoiceState.ISSUED, ~brings
    )
    rows = await session.execute(query.order_by(InvoiceRow.id))
    return [(row.id, DocumentKind(row.kind)) for row in rows]


async def lock_next_to_ask(session: AsyncSession, *, now: datetime) -> MailingRow | None:
    """The mailing that has been due longest, locked until the transaction ends."""
    query = select(MailingRow).where(MailingRow.asked_at.is_(None), MailingRow.next_at <= now)
    oldest = query.order_by(MailingRow.next_at, MailingRow.id).limit(1)
    return await session.scalar(oldest.with_for_update(skip_locked=True))


async def find_next_to_ask(session: AsyncSession) -> datetime | None:
    """The time when the next mailing is due, including one that is locked."""
    due: datetime | None = await session.scalar(
        select(func.min(MailingRow.next_at)).where(MailingRow.asked_at.is_(None))
    )
    return due


def read_mailing(row: MailingRow) -> MailingDetails:
    return _details.validate_python(row.details)


async def save_recipients(
    session: AsyncSession, mailing_id: UUID, revision: int, recipients: Sequence[dict[str, Any]]
) -> None:
    """Save the highest revision of a mailing's status; other services' messages are ignored."""
    await session.execute(
        update(MailingRow)
        .where(MailingRow.id == mailing_id, MailingRow.revision < revision)
        .values(revision=revision, recipients=list(recipients))
    )

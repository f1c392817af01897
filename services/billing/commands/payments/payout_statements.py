"""Statements of payouts, read from the entries that each lists."""

import asyncio
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.documents.rendering import render_payout
from services.billing.domain.books.payout_statements import PayoutStatement
from services.billing.domain.wordings import Language
from services.billing.store.copies import get_parties
from services.billing.store.payments import payouts as store
from services.billing.store.payments.creditors import get_creditor
from services.billing.store.payments.payee_accounts import list_movements


async def get_statement(
    session: AsyncSession, creditor_id: UUID, payout_id: UUID, item_id: UUID
) -> PayoutStatement:
    """The statement of one transfer of a payout. Raises CreditorMissing, PayoutUnknown."""
    creditor = await get_creditor(session, creditor_id)
    payout, item = await store.get_item(session, creditor_id, payout_id, item_id)
    parties = await get_parties(session, [item.payee_id])
    return PayoutStatement(
        item_id=item.id,
        creditor_id=creditor_id,
        creditor_name=creditor.name,
        payee=parties[item.payee_id],
        day=payout.day,
        since=item.since,
        until=item.until,
        before_cents=item.before_cents,
        owed_cents=item.owed_cents,
        credits_cents=item.credits_cents,
        reserve_cents=item.reserve_cents,
        amount_cents=item.amount_cents,
        movements=await list_movements(session, creditor_id, item.id),
        executed_on=item.executed_on,
        returned_on=item.returned_on,
        cancelled_on=item.cancelled_on,
        return_reason=item.return_reason,
    )


async def print_statement(statement: PayoutStatement, language: Language) -> bytes:
    return await asyncio.to_thread(render_payout, statement, language)

"""Enter in the books what bank transactions mean; update direct debits and payouts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.commands.invoices.mailings import mail_payouts
from services.billing.commands.payments.netting import set_off_between, take_back_set_offs
from services.billing.domain.books.ledger import Books, PartyAccount
from services.billing.domain.books.posting import bank_entries
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.matches import Match
from services.billing.domain.payments.matching import blocks_mandate
from services.billing.domain.prices.sales import Parties
from services.billing.store.books.ledger import add_entries, lock_books
from services.billing.store.payments import bank as store
from services.billing.store.payments import creditors as creditor_store
from services.billing.store.payments import refunds as refund_store
from services.billing.store.payments.collections import list_issuers_collected
from services.billing.store.payments.presumed import presume_received


async def lock_collected(
    session: AsyncSession, creditor_id: UUID
) -> tuple[set[UUID], Mapping[UUID, Books]]:
    """Lock all books that a transaction may touch; return them and the possible issuers.

    Try again if collections or payouts were made meanwhile: they lock the creditor's books.
    """
    books: Mapping[UUID, Books] = {}
    while True:
        issuers = {
            creditor_id,
            *await creditor_store.list_paid_by(session, creditor_id),
            *await list_issuers_collected(session, creditor_id),
            *await refund_store.list_issuers_refunded(session, creditor_id),
        }
        payees = {
            transfer.payee_id for transfer in await store.list_transfers(session, creditor_id)
        }
        if issuers | payees <= books.keys():
            return issuers, books
        books = await lock_books(session, issuers | payees)


async def enter_matches(
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
    await _save_answers(session, creditor.member_id, matches)
    await presume_received(session, creditor.member_id, matches)
    # The invoice may have been credited since, or is overpaid: the money is for another one.
    paid = {
        Parties(payment.invoice.issuer_id, payment.invoice.customer_id)
        for match in matches
        for payment in match.payments
    }
    if any(match.transaction.amount_cents < 0 for match in matches):
        await take_back_set_offs(session, paid, today=today)
    await set_off_between(session, paid, today=today)
    for match in matches:
        reason = match.transaction.return_reason
        if match.debits and reason is not None and blocks_mandate(reason):
            blocked = [debit.mandate_id for debit in match.debits]
            await creditor_store.block_mandates(session, blocked, reason)


async def _save_answers(session: AsyncSession, creditor_id: UUID, matches: Sequence[Match]) -> None:
    """Save what the bank says of debits, payouts and refunds: what is under way is not netted.

    Who is paid by a payout is told.
    """
    await store.save_debits(session, matches)
    for match in matches:
        if match.transfer is not None:
            await store.save_transfer(session, match.transfer, match.transaction)
            if match.transaction.amount_cents < 0:
                await mail_payouts(session, creditor_id, [match.transfer.id])
        if match.refunded is not None:
            await refund_store.save_answer(session, match.refunded, match.transaction)

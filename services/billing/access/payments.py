"""Decides who may collect, say how a seller is paid, and see what came of it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, refused
from services.billing.access import (
    check_may_keep_books,
    check_may_run_issuer,
    runs_all_paid_by,
)
from services.billing.store.copies import is_within, list_operations_of_sellers
from services.billing.store.payments.creditor_changes import find_change
from services.billing.store.payments.creditors import has_debtors_outside


async def check_may_collect(session: AsyncSession, caller: Principal, creditor_id: UUID) -> None:
    """Allow staff, and the organiser of all operations of every payee, past or present.

    Debtors who gave the creditor a mandate, or ask for one, must take part in the caller's
    operations too: the organiser of some operations learns nothing about the customers of the
    others. Raises Forbidden.
    """
    if (why_not := await _why_not_collect(session, caller, creditor_id)) is not None:
        raise refused(caller, why_not)


async def may_collect(session: AsyncSession, caller: Principal, creditor_id: UUID) -> bool:
    """Whether the caller sees full IBANs; other readers see masked ones."""
    return await _why_not_collect(session, caller, creditor_id) is None


async def _why_not_collect(
    session: AsyncSession, caller: Principal, creditor_id: UUID
) -> str | None:
    if caller.is_staff:
        return None
    if not caller.is_organiser:
        return "Only staff and organisers may do that."
    operations = await list_operations_of_sellers(session, [creditor_id])
    if not caller.runs_all(operations) or not await runs_all_paid_by(session, caller, creditor_id):
        return "Only those who run all operations of these sellers may."
    if not await is_within(session, creditor_id, caller.operations):
        return "This member takes part in none of your operations."
    if await has_debtors_outside(session, creditor_id, caller.operations):
        return "Some who gave a mandate, or ask for one, take part in none of your operations."
    return None


async def check_may_set_mail_policy(
    session: AsyncSession, caller: Principal, member_id: UUID
) -> None:
    """Whoever may keep its books, or collect for it. Raises Forbidden."""
    if not await may_collect(session, caller, member_id):
        await check_may_keep_books(session, caller, member_id)


async def check_may_read_mail_policy(
    session: AsyncSession, caller: Principal, member_id: UUID
) -> None:
    """Whoever may set it, and the member itself. Raises Forbidden."""
    if not caller.is_member(member_id):
        await check_may_set_mail_policy(session, caller, member_id)


async def check_may_record_mandate(
    session: AsyncSession, caller: Principal, creditor_id: UUID, debtor_id: UUID
) -> None:
    """Allow those who may collect, for debtors in their operations. Raises Forbidden."""
    await check_may_collect(session, caller, creditor_id)
    if caller.is_staff:
        return
    if not await is_within(session, debtor_id, caller.operations):
        raise refused(caller, "This debtor takes part in none of your operations.")


async def check_may_read_payments(
    session: AsyncSession, caller: Principal, creditor_id: UUID
) -> None:
    """Whoever may collect, and the creditor itself. Raises Forbidden."""
    if not caller.is_member(creditor_id):
        await check_may_collect(session, caller, creditor_id)


async def check_may_set_creditor(
    session: AsyncSession, caller: Principal, issuer_id: UUID, collected_by: UUID | None
) -> None:
    """Allow those who may keep the seller's books, and collect for it and for its collector.

    collected_by: the member that is to collect for the seller; None is the seller. Raises
    Forbidden.
    """
    # Whoever may do both may keep its books.
    await check_may_run_issuer(session, caller, issuer_id)
    await check_may_collect(session, caller, issuer_id)
    if collected_by is not None:
        await check_may_collect(session, caller, collected_by)


async def check_may_answer_change(
    session: AsyncSession, caller: Principal, issuer_id: UUID
) -> None:
    """Let the seller pass, and whoever may set all that is pending. Raises Forbidden."""
    if caller.is_member(issuer_id):
        return
    change = await find_change(session, issuer_id)
    collected_by = change.creditor.collected_by if change else None
    await check_may_set_creditor(session, caller, issuer_id, collected_by)

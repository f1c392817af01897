"""Decides who may collect, say how a seller is paid, and see what came of it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, refused
from services.billing.access import check_may_keep_books
from services.billing.domain.payments.payment_notices import PaymentNotice
from services.billing.store.copies import is_within
from services.billing.store.payments.creditor_changes import find_change
from services.billing.store.payments.creditors import has_debtors_outside
from services.billing.store.payments.payees import list_operations_of_creditor

_THIS_MEMBER = "This member"


async def check_may_collect(
    session: AsyncSession, caller: Principal, creditor_id: UUID, *, who: str = _THIS_MEMBER
) -> None:
    """Allow staff, and whoever runs all operations in which it sells, organises or collects.

    One who does none of these yet must take part in an operation of the caller. Debtors who gave
    the creditor a mandate, or ask for one, must take part in the caller's operations too: the
    organiser of some operations learns nothing about the customers of the others. who: the creditor
    as the refusal names it. Raises Forbidden.
    """
    if (why_not := await _why_not_collect(session, caller, creditor_id, who)) is not None:
        raise refused(caller, why_not)


async def may_collect(session: AsyncSession, caller: Principal, creditor_id: UUID) -> bool:
    """Whether the caller sees full IBANs; other readers see masked ones."""
    return await _why_not_collect(session, caller, creditor_id, _THIS_MEMBER) is None


async def _why_not_collect(
    session: AsyncSession, caller: Principal, creditor_id: UUID, who: str
) -> str | None:
    if caller.is_staff:
        return None
    if not caller.is_organiser:
        return "Only staff and organisers may do that."
    operations = await list_operations_of_creditor(session, creditor_id)
    if not caller.runs_all(operations):
        return f"{who} sells, organises or collects in operations that you do not run."
    if not operations and not await is_within(session, creditor_id, caller.operations):
        return f"{who} neither takes part in your operations nor organises them."
    if await has_debtors_outside(session, creditor_id, caller.operations):
        return f"{who} has, or is asked for, mandates of some who are in none of your operations."
    return None


def check_may_see_notice(caller: Principal, notice: PaymentNotice) -> None:
    """Allow staff, the organiser and who is to pay; sellers see their documents only."""
    parties = notice.parties
    if not caller.is_member(parties.customer_id) and not caller.may_run(parties.operation_id):
        raise refused(caller, "This payment notice is not yours.")


async def check_may_set_mail_policy(
    session: AsyncSession, caller: Principal, member_id: UUID
) -> None:
    """Allow callers who may keep its books, or collect for it. Raises Forbidden."""
    if not await may_collect(session, caller, member_id):
        await check_may_keep_books(session, caller, member_id)


async def check_may_read_mail_policy(
    session: AsyncSession, caller: Principal, member_id: UUID
) -> None:
    """Allow callers who may set it, and the member itself. Raises Forbidden."""
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
    """Allow callers who may collect, and the creditor itself. Raises Forbidden."""
    if not caller.is_member(creditor_id):
        await check_may_collect(session, caller, creditor_id)


async def check_may_read_payout(
    session: AsyncSession, caller: Principal, creditor_id: UUID, payee_id: UUID
) -> None:
    """Allow callers who may collect for the payer, and the payee itself. Raises Forbidden."""
    if not caller.is_member(payee_id):
        await check_may_collect(session, caller, creditor_id)


async def check_may_set_creditor(
    session: AsyncSession, caller: Principal, issuer_id: UUID, collected_by: UUID | None
) -> None:
    """Allow those who may keep the member's books, and collect for it and for its collector.

    issuer_id: a seller, or the organiser that is to collect for sellers. collected_by: the member
    that is to collect for the seller; None is the seller. Raises Forbidden.
    """
    await check_may_keep_books(session, caller, issuer_id)
    await check_may_collect(session, caller, issuer_id)
    if collected_by is not None:
        who = "The member that is to collect"
        await check_may_collect(session, caller, collected_by, who=who)


async def check_may_answer_change(
    session: AsyncSession, caller: Principal, issuer_id: UUID
) -> None:
    """Let the seller pass, and whoever may set all that is pending. Raises Forbidden."""
    if caller.is_member(issuer_id):
        return
    change = await find_change(session, issuer_id)
    collected_by = change.creditor.collected_by if change else None
    await check_may_set_creditor(session, caller, issuer_id, collected_by)

"""Set how sellers are paid: an account that replaces another one waits (docs/use/sepa.md)."""

from datetime import date
from typing import Literal
from uuid import UUID, uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in, today_in
from libs.common.database import Database, ring_after_commit
from libs.common.events.billing import CreditorChanged
from libs.common.rounds.rest import NO_REST, Rest
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.payments.creditor_changes import (
    CreditorChange,
    CreditorChangeUnknown,
    check_another_person,
    moves_money,
)
from services.billing.domain.payments.creditors import (
    CollectsForItself,
    ConventionMissing,
    Creditor,
    CreditorMissing,
)
from services.billing.store.payments import creditor_changes as change_store
from services.billing.store.payments import creditors as store
from services.billing.store.payments.payees import list_operations_of_creditor
from services.billing.store.taxes.sellers import check_seller

_log = structlog.get_logger(__name__)


async def set_creditor(
    session: AsyncSession, creditor: Creditor, *, by: str, is_staff: bool, public_url: str
) -> CreditorChange | None:
    """Put the details to use and return None, or return the change that waits.

    Details that move no money, and the first account recorded by staff, are used at once. This
    deletes the pending change: requesting the details in use withdraws it. The same request again
    returns the same change. is_staff: whether staff asks.
    Raises SellerUnknown, CreditorMissing, ConventionMissing, and CollectsForItself on a circle.
    """
    await _check(session, creditor)
    before = await store.find_creditor(session, creditor.member_id)
    waiting = await change_store.find_change(session, creditor.member_id)
    if not moves_money(before, creditor) or (before is None and is_staff):
        await store.save_creditor(session, creditor)
        if waiting is not None:
            await _drop(session, waiting)
        return None
    if waiting is not None and waiting.creditor == creditor:
        return waiting
    change = CreditorChange(uuid4(), creditor, now_in(session), by, is_staff)
    await change_store.save_change(session, change)
    url = f"{public_url}/billing/issuers/{creditor.member_id}/creditor-change"
    await _publish(session, change, before, "asked", url=url)
    ring_after_commit(session)
    return change


async def confirm_change(
    session: AsyncSession,
    member_id: UUID,
    change_id: UUID,
    *,
    by: str,
    is_staff: bool,
    is_seller: bool,
) -> Creditor:
    """Put a change to use from now on.

    is_staff, is_seller: of the person who confirms it.
    Raises CreditorChangeUnknown, AnotherPersonNeeded, and the problems of ``set_creditor``.
    """
    change = await _lock_change(session, member_id)
    if change is None or change.id != change_id:
        raise CreditorChangeUnknown
    check_another_person(change, subject=by, is_staff=is_staff, is_seller=is_seller)
    await _check(session, change.creditor)
    await _put_in_use(session, change)
    return change.creditor


async def refuse_change(session: AsyncSession, member_id: UUID, change_id: UUID) -> None:
    """Delete the pending change; the details in use stay. Raises CreditorChangeUnknown."""
    change = await _lock_change(session, member_id)
    if change is None or change.id != change_id:
        raise CreditorChangeUnknown
    await _drop(session, change)


async def use_due_changes(database: Database) -> Rest:
    """Put to use one change that has waited for 72 hours."""
    async with database.transaction() as session:
        now = now_in(session)
        member_id = await change_store.find_due_member(session, now=now)
        if member_id is None:
            return Rest.until(await change_store.find_next_due(session), now=now)
        change = await _lock_change(session, member_id)
        if change is not None and change.good_from <= now:
            await _use_if_possible(session, change)
        return NO_REST


async def _lock_change(session: AsyncSession, member_id: UUID) -> CreditorChange | None:
    """Lock the change's member and its collector together, so that no two changes deadlock.

    None if there is no change, or another one has replaced it meanwhile.
    """
    change = await change_store.find_change(session, member_id)
    if change is None:
        return None
    await store.lock_creditors(session, {member_id, change.creditor.collected_by or member_id})
    now = await change_store.find_change(session, member_id)
    return now if now is not None and now.id == change.id else None


async def _use_if_possible(session: AsyncSession, change: CreditorChange) -> None:
    """Drop a change that would be refused now, as collectors or the seller may have changed."""
    try:
        await _check(session, change.creditor)
    except (CollectsForItself, ConventionMissing, CreditorMissing) as refusal:
        _log.warning("change of an account dropped", reason=refusal.slug, change_id=str(change.id))
        await _drop(session, change)
    else:
        await _put_in_use(session, change)


async def _drop(session: AsyncSession, change: CreditorChange) -> None:
    """Delete a change, and publish that it will not be used."""
    member_id = change.creditor.member_id
    await change_store.delete_changes(session, [member_id])
    await _publish(session, change, await store.find_creditor(session, member_id), "refused")


async def _put_in_use(session: AsyncSession, change: CreditorChange) -> None:
    before = await store.find_creditor(session, change.creditor.member_id)
    await store.save_creditor(session, change.creditor)
    await change_store.delete_changes(session, [change.creditor.member_id])
    await _publish(session, change, before, "in_use")


async def _check(session: AsyncSession, creditor: Creditor) -> None:
    seller = await check_seller(session, creditor.member_id)
    _check_convention(creditor, seller, today=today_in(session))
    await store.lock_creditors(
        session, {creditor.member_id, creditor.collected_by or creditor.member_id}
    )
    if creditor.collected_by == creditor.member_id:
        raise CollectsForItself(
            "Leave out `collected_by`: a member that collects for itself names nobody.",
            member_id=str(creditor.member_id),
        )
    if creditor.collected_by is not None:
        collector = await store.get_creditor(session, creditor.collected_by)
        others = await store.collects_for_others(session, creditor.member_id)
        if collector.collected_by is not None or others:
            raise CollectsForItself(
                "A member that collects for others is paid to its own account.",
                member_id=str(creditor.collected_by if not others else creditor.member_id),
            )


def _check_convention(creditor: Creditor, seller: Party, *, today: date) -> None:
    """Another collects a public body's revenue by a signed convention only (CGCT L1611-7-1)."""
    if creditor.lacks_convention(is_public_body=seller.kind == "public_body", today=today):
        raise ConventionMissing(
            f"{seller.name} is a public body: say which convention lets another collect its"
            " revenue, and when it was signed (CGCT L1611-7-1).",
            member_id=str(seller.member_id),
        )


async def _publish(
    session: AsyncSession,
    change: CreditorChange,
    before: Creditor | None,
    state: Literal["asked", "in_use", "refused"],
    *,
    url: str | None = None,
) -> None:
    after = change.creditor
    operations = await list_operations_of_creditor(session, after.member_id)
    await messaging.publish(
        session,
        CreditorChanged(
            time=now_in(session),
            change_id=change.id,
            creditor_id=after.member_id,
            state=state,
            former_account_end=before.account_end if before else None,
            account_end=after.account_end,
            collected_by=after.collected_by,
            good_from=change.good_from,
            operations=sorted(operations),
            url=url,
        ),
    )

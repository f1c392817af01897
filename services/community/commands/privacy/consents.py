"""Record and withdraw members' consents to use their curves, and publish them."""

from datetime import date
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.events.community import ConsentPart, ConsentsChanged
from libs.common.events.ingest import PointLeft
from services.community.claims import Claimant
from services.community.commands.challenges.flow import forget_entry_of_consent
from services.community.domain.privacy.consents import Consent, ConsentAnswer, Purpose, Withdrawal
from services.community.domain.problems import PointNotTheirs
from services.community.store.members import registry
from services.community.store.members.locks import (
    find_member_locked,
    lock_member,
)
from services.community.store.privacy import consents as consent_store
from services.community.tables import ConsentRow, MemberRow

_log = structlog.get_logger(__name__)

_DSO = "dso"
"""The author recorded for consents withdrawn because the member left the point."""


async def record_consent(
    session: AsyncSession, claimant: Claimant, consent: Consent, *, is_own: bool
) -> tuple[ConsentRow, bool]:
    """Keep the member's answer and publish it; repeating it changes nothing.

    is_own: whether the member answers. Returns the consent, and whether it is new.
    Raises MemberUnknown, PointUnknown, PointNotTheirs, ProofMissing, ConsentChanged.
    """
    member = await lock_member(session, consent.member_id)
    await _check_point(session, claimant, consent, is_own=is_own)
    if not is_own:
        consent.check_proven()
    recorded = await consent_store.find_consent(session, consent.id)
    if recorded is not None:
        consent.check_same(consent_store.to_consent(recorded))
        return recorded, False
    row = await consent_store.add_consent(
        session, consent, recorded_at=now_in(session), recorded_by=claimant.subject
    )
    await _publish(session, member)
    return row, True


async def withdraw_consent(
    session: AsyncSession, member_id: UUID, consent_id: UUID, *, by: str
) -> ConsentRow:
    """End a consent today, at once, and publish that; repeating it changes nothing.

    Raises MemberUnknown, ConsentUnknown.
    """
    member = await lock_member(session, member_id)
    row = await consent_store.get_consent(session, member_id, consent_id)
    if row.withdrawn_at is None:
        now = now_in(session)
        await _withdraw(session, row, Withdrawal(local_day(now), now, by))
        await _publish(session, member)
    return row


async def end_consents_of_erased(session: AsyncSession, member: MemberRow, *, by: str) -> None:
    """Withdraw, today, all answers in force but refusals of display; the caller locks the member.

    What they refused to show stays closed, even if its days are or will be another member's.
    """
    now = now_in(session)
    today = local_day(now)
    rows = [
        row
        for row in await consent_store.list_consents(session, member.id)
        if row.withdrawn_at is None and today < row.valid_to and not _hides(row)
    ]
    for row in rows:
        await _withdraw(session, row, Withdrawal(today, now, by))
    if rows:
        await _publish(session, member)


async def end_consents_of_left_point(session: AsyncSession, departure: PointLeft) -> None:
    """End the point's consents on the day it was left: the next holder has given none."""
    now = now_in(session)
    for member_id in await consent_store.list_members_with_consents(session, departure.prm):
        member = await find_member_locked(session, member_id)
        assert member is not None  # a consent refers to it
        rows = [
            row
            for row in await consent_store.list_consents(session, member_id)
            if row.prm == departure.prm and _stands(row, departure.left_on)
        ]
        for row in rows:
            await _withdraw(session, row, Withdrawal(departure.left_on, now, _DSO))
        if rows:
            await _publish(session, member)
            _log.info("consents ended by the DSO", count=len(rows), reason=departure.reason)


async def _withdraw(session: AsyncSession, row: ConsentRow, withdrawal: Withdrawal) -> None:
    """Withdraw the consent, and delete what rests on it."""
    await consent_store.withdraw(session, row, withdrawal)
    if row.purpose == Purpose.CHALLENGE:
        await forget_entry_of_consent(session, row.id)


def _hides(row: ConsentRow) -> bool:
    return row.purpose == Purpose.DISPLAY and row.answer == ConsentAnswer.REFUSED


def _stands(row: ConsentRow, left_on: date) -> bool:
    """Return whether the consent began before that day and has not ended by it."""
    is_withdrawn = row.withdrawn_on is not None and row.withdrawn_on <= left_on
    return row.valid_from < left_on < row.valid_to and not is_withdrawn


async def _check_point(
    session: AsyncSession, claimant: Claimant, consent: Consent, *, is_own: bool
) -> None:
    """Require a point of the member, in an operation that an organiser runs; for staff any point.

    Otherwise one could consent to have a stranger's curves fetched: a rule of the domain, like
    those of ``claims``, which holds whoever calls.
    Raises PointUnknown, PointNotTheirs.
    """
    if claimant.is_staff:
        await registry.get_point(session, consent.prm)
        return
    for row in await registry.list_participations_of_points(session, [consent.prm]):
        if row.member_id == consent.member_id and (
            is_own or row.operation_id in claimant.operations
        ):
            return
    raise PointNotTheirs("The member takes part with no such point: enrol it first.")


async def _publish(session: AsyncSession, member: MemberRow) -> None:
    member.consents_revision += 1
    rows = await consent_store.list_consents(session, member.id)
    event = ConsentsChanged(
        time=now_in(session),
        member_id=member.id,
        revision=member.consents_revision,
        consents=[_part(row) for row in rows],
    )
    await messaging.publish(session, event)


def _part(row: ConsentRow) -> ConsentPart:
    return ConsentPart.model_validate(
        {name: getattr(row, name) for name in ConsentPart.model_fields if name != "consent_id"}
        | {"consent_id": row.id}
    )

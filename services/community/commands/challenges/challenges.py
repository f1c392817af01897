"""Draft a challenge, announce it, call it off."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.ids import OperationId
from services.community.commands.challenges.flow import publish_entries
from services.community.commands.messages.notifications import notify
from services.community.domain.challenges.challenge import Challenge, State
from services.community.domain.challenges.problems import (
    ChallengeElsewhere,
    ChallengeEnded,
    ChallengeNotADraft,
    ChallengeUnfit,
)
from services.community.domain.messages.notifications import Notification, NotificationKind
from services.community.store import challenges as store
from services.community.store.members import registry
from services.community.tables import ChallengeRow


async def draft_challenge(session: AsyncSession, challenge: Challenge, *, by: str) -> ChallengeRow:
    """Write or rewrite a draft.

    Raises OperationUnknown, ChallengeElsewhere, ChallengeNotADraft.
    """
    await registry.get_operation(session, challenge.operation_id)
    now = now_in(session)
    row = await store.add_or_lock_challenge(session, challenge, at=now, by=by)
    if row.operation_id != challenge.operation_id:
        raise ChallengeElsewhere(f"Choose another id for a challenge of {challenge.operation_id}.")
    if row.state != State.DRAFT:
        raise ChallengeNotADraft(
            f"The challenge is {row.state}: draft another one.", state=row.state
        )
    store.set_draft(row, challenge, at=now, by=by)
    await session.flush()
    return row


async def announce_challenge(
    session: AsyncSession, operation_id: OperationId, challenge_id: UUID
) -> ChallengeRow:
    """Show it to members and notify those who consume there; repeating it changes nothing.

    Raises ChallengeUnknown, ChallengeUnfit, ChallengeEnded.
    """
    row = await store.lock_challenge(session, operation_id, challenge_id)
    if row.state == State.ANNOUNCED:
        return row
    if row.state != State.DRAFT:
        raise ChallengeEnded(f"The challenge is {row.state}: draft another one.", state=row.state)
    now = now_in(session)
    today = local_day(now)
    if row.last_day < today:
        raise ChallengeUnfit(f"Its last day, {row.last_day}, is over: nobody could take part.")
    row.state, row.announced_at = State.ANNOUNCED, now
    midway_day = store.to_challenge(row).midway_day
    if midway_day is not None and midway_day <= today:  # nobody was in it before
        row.midway_at = now
    operation = await registry.get_operation(session, operation_id)
    row.perimeter_revision = operation.revision
    await session.flush()
    audience = await store.list_audience(session, operation_id, day=today)
    announcement = await notification(session, row, NotificationKind.CHALLENGE_ANNOUNCED)
    await notify(session, announcement, audience)
    return row


async def cancel_challenge(
    session: AsyncSession, operation_id: OperationId, challenge_id: UUID, *, reason: str
) -> ChallengeRow:
    """Call it off: measuring stops, and existing measures are deleted.

    Raises ChallengeUnknown, ChallengeEnded.
    """
    row = await store.lock_challenge(session, operation_id, challenge_id)
    if row.state != State.ANNOUNCED:
        raise ChallengeEnded(
            f"The challenge is {row.state}: only an announced one can be called off.",
            state=row.state,
        )
    member_ids = {entry.member_id for entry in await store.list_entries(session, row.id)}
    row.state, row.cancelled_at, row.cancelled_reason = State.CANCELLED, now_in(session), reason
    await session.flush()
    await store.delete_measures(session, row.id)
    await publish_entries(session, row)
    cancellation = await notification(session, row, NotificationKind.CHALLENGE_CANCELLED)
    await notify(session, cancellation, member_ids)
    return row


async def notification(
    session: AsyncSession, row: ChallengeRow, kind: NotificationKind
) -> Notification:
    operation = await registry.get_operation(session, row.operation_id)
    return Notification(
        kind=kind,
        about_id=row.id,
        operation_id=row.operation_id,
        facts={
            "title": row.title,
            "operation_name": operation.name,
            "first_day": row.first_day,
            "last_day": row.last_day,
            "reason": row.cancelled_reason,
        },
        link=f"/community/operations/{row.operation_id}/challenges/{row.id}",
    )

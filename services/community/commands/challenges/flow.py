"""Publish the list of points to measure for a challenge, and remove entries from it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.events.community import ChallengeChanged, ChallengeEntryPart
from services.community.domain.challenges.challenge import ChallengeKind, State
from services.community.store import challenges as store
from services.community.store.members import registry
from services.community.tables import ChallengeRow


async def publish_entries(session: AsyncSession, row: ChallengeRow) -> None:
    """Publish a running challenge's entries; for any other, none. The caller has locked it."""
    challenge = store.to_challenge(row)
    operation = await registry.get_operation(session, row.operation_id)
    entries = []
    if row.state == State.ANNOUNCED:
        entries = [
            ChallengeEntryPart(entry_id=entry.id, prm=entry.prm, **vars(period))
            for entry, stays in await store.list_participations(session, challenge)
            if (period := challenge.period(stays)) is not None
        ]
    row.revision += 1
    row.perimeter_revision = operation.revision
    await session.flush()
    event = ChallengeChanged(
        time=now_in(session),
        challenge_id=row.id,
        operation_id=row.operation_id,
        revision=row.revision,
        half_hours=challenge.half_hours,
        weekdays=challenge.iso_weekdays,
        with_shares=challenge.kind == ChallengeKind.LOCAL_SHARE,
        entries=entries,
    )
    await messaging.publish(session, event)


async def forget_entry_of_consent(session: AsyncSession, consent_id: UUID) -> None:
    """Delete the entry of a withdrawn consent, with its measures and its place."""
    entry = await store.find_entry_of_consent(session, consent_id)
    if entry is None:
        return
    challenge = await session.get_one(ChallengeRow, entry.challenge_id)
    row = await store.lock_challenge(session, challenge.operation_id, challenge.id)
    await store.delete_entry(session, entry)
    if row.state == State.ANNOUNCED:
        await publish_entries(session, row)

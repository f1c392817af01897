"""Tell who is to be measured for a challenge, and forget who is not any more."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.events.community import ChallengeChanged, ChallengeEntryPart
from services.community import store as registry
from services.community.domain.challenges.challenge import ChallengeKind, State
from services.community.store import challenges as store
from services.community.tables import ChallengeRow


async def tell_entries(session: AsyncSession, row: ChallengeRow) -> None:
    """Of a challenge that runs, its entries; of any other, none. The caller has locked it."""
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
    told = ChallengeChanged(
        time=now_in(session),
        challenge_id=row.id,
        operation_id=row.operation_id,
        revision=row.revision,
        half_hours=challenge.half_hours,
        weekdays=challenge.iso_weekdays,
        with_shares=challenge.kind == ChallengeKind.LOCAL_SHARE,
        entries=entries,
    )
    await messaging.publish(session, told)


async def forget_entry_of_consent(session: AsyncSession, consent_id: UUID) -> None:
    """The consent was withdrawn: the entry goes, with what was measured and its place."""
    entry = await store.find_entry_of_consent(session, consent_id)
    if entry is None:
        return
    known = await session.get_one(ChallengeRow, entry.challenge_id)
    row = await store.lock_challenge(session, known.operation_id, known.id)
    await store.delete_entry(session, entry)
    if row.state == State.ANNOUNCED:
        await tell_entries(session, row)

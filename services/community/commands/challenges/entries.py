"""Take part in a challenge, and leave it: both are about a consent."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from libs.common.ids import Direction, OperationId, Prm
from libs.common.scopes import Scope
from services.community.claims import Claimant
from services.community.commands.challenges.flow import publish_entries
from services.community.commands.privacy.consents import record_consent, withdraw_consent
from services.community.domain.challenges.challenge import State
from services.community.domain.challenges.problems import ChallengeNotOpen, NotEntered
from services.community.domain.privacy.consents import Consent, ConsentAnswer, Granularity, Purpose
from services.community.domain.problems import PointNotTheirs
from services.community.store import challenges as store
from services.community.store.members import registry
from services.community.store.members.locks import lock_member
from services.community.tables import ChallengeEntryRow, ChallengeRow


@dataclass(frozen=True)
class ChallengePoint:
    """A point in a challenge."""

    operation_id: OperationId
    challenge_id: UUID
    prm: Prm


async def enter(
    session: AsyncSession,
    claimant: Claimant,
    place: ChallengePoint,
    *,
    member_id: UUID,
    shown_as: str | None,
) -> tuple[ChallengeEntryRow, bool]:
    """Enter a point of the member's, by a consent that ends with the challenge, or change its name.

    Returns the entry, and whether it is new.
    Raises ChallengeUnknown, ChallengeNotOpen, PointNotTheirs.
    """
    # Members before challenges, as a withdrawal locks them.
    await lock_member(session, member_id)
    row = await store.lock_challenge(session, place.operation_id, place.challenge_id)
    today = today_in(session)
    entry = await store.find_entry(session, row.id, place.prm, member_id)
    _check_open(row, today, is_in=entry is not None)
    if entry is not None:
        entry.shown_as = shown_as
        await session.flush()
        return entry, False
    await _check_takes_part(session, place, member_id, today)
    consent = _consent(row, member_id, place.prm, today)
    await record_consent(session, claimant, consent, is_own=True)
    entry = ChallengeEntryRow(
        id=uuid4(),
        challenge_id=row.id,
        prm=place.prm,
        member_id=member_id,
        consent_id=consent.id,
        shown_as=shown_as,
        entered_at=now_in(session),
        outcome=None,
        effort_permille=None,
    )
    await store.add_entry(session, entry)
    await publish_entries(session, row)
    return entry, True


async def leave(session: AsyncSession, place: ChallengePoint, *, member_id: UUID, by: str) -> None:
    """Withdraw the consent, which deletes the entry and its measures.

    Raises NotEntered.
    """
    entry = await store.find_entry(session, place.challenge_id, place.prm, member_id)
    if entry is None:
        raise NotEntered(f"Point {place.prm} takes no part in it for you.")
    await withdraw_consent(session, member_id, entry.consent_id, by=by)


def _check_open(row: ChallengeRow, today: date, *, is_in: bool) -> None:
    """Raises ChallengeNotOpen; an entrant may change the name until the result is final."""
    if row.state != State.ANNOUNCED:
        raise ChallengeNotOpen(f"The challenge is {row.state}.", state=row.state)
    if not is_in and row.last_day < today:
        raise ChallengeNotOpen(f"Members could take part until {row.last_day}.", state=row.state)


async def _check_takes_part(
    session: AsyncSession, place: ChallengePoint, member_id: UUID, day: date
) -> None:
    """Raises PointNotTheirs."""
    participations = await registry.list_participations(
        session, place.operation_id, Scope.about(member_id)
    )
    for participation in participations:
        if (
            participation.prm == place.prm
            and participation.direction == Direction.CONSUMPTION
            and participation.takes_part(day)
        ):
            return
    raise PointNotTheirs("You consume with no such point in this operation today.")


def _consent(row: ChallengeRow, member_id: UUID, prm: Prm, today: date) -> Consent:
    return Consent(
        id=uuid4(),
        member_id=member_id,
        prm=prm,
        purpose=Purpose.CHALLENGE,
        granularity=Granularity.LOAD_CURVE,
        answer=ConsentAnswer.GRANTED,
        valid_from=today,
        valid_to=store.to_challenge(row).frozen_from,
    )

"""Take a poll from a draft to the electoral roll, or call it off."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.events.community import PollOpened
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.community.commands.messages.notifications import tell_of_poll
from services.community.domain.calendars import CalendarEntry
from services.community.domain.messages.messages import Language
from services.community.domain.messages.notifications import NotificationKind
from services.community.domain.polls.poll import BallotMode, Poll, PollPhase, PollState, Weighting
from services.community.domain.polls.problems import (
    PollElsewhere,
    PollEnded,
    PollNotADraft,
    PollUnfit,
)
from services.community.domain.polls.roll import make_roll
from services.community.store import capital
from services.community.store.members import registry
from services.community.store.polls import ballots, polls
from services.community.tables import PollRow


async def draft_poll(session: AsyncSession, poll: Poll, *, by: str) -> PollRow:
    """Write or rewrite a draft.

    Raises OperationUnknown, PollElsewhere, PollNotADraft.
    """
    await registry.get_operation(session, poll.operation_id)
    now = now_in(session)
    row = await polls.add_or_lock_draft(session, poll, drafted_at=now, drafted_by=by)
    if row.operation_id != poll.operation_id:
        raise PollElsewhere(f"Choose another id for a poll of {poll.operation_id}.")
    _check_draft(row)
    if polls.to_poll(row) != poll:
        polls.set_draft(row, poll, drafted_at=now, drafted_by=by)
        await session.flush()
    return row


async def open_poll(
    session: AsyncSession,
    operation_id: OperationId,
    poll_id: UUID,
    *,
    weights: Mapping[UUID, int],
    by: str,
) -> PollRow:
    """Fix the question and make the roll of those who take part when voting begins.

    weights: by member, where the poll has them given. Shares held count as recorded now.
    Raises PollUnknown, PollNotADraft, PollUnfit if it would be over at once, RollUnfit.
    """
    row = await polls.get_poll(session, operation_id, poll_id)
    await polls.lock_poll(session, row, to_end=True)
    _check_draft(row)
    now = now_in(session)
    if row.closes_at <= now:
        raise PollUnfit("closes_at has passed: draft the poll with a later one.")
    day = local_day(max(row.opens_at, now))
    participants = await polls.list_participants(session, operation_id, day)
    roll = make_roll(
        Weighting(row.weighting),
        participants,
        weights,
        capital_shares=await _capital_shares(session, row, day),
        day=day,
    )
    await polls.add_voters(session, row, roll)
    row.state, row.opened_at, row.opened_by = PollState.OPEN, now, by
    await session.flush()
    await tell_of_poll(session, row, NotificationKind.POLL_OPENED, roll)
    await _publish_opened(session, row, roll, now)
    return row


async def _publish_opened(
    session: AsyncSession, row: PollRow, roll: Collection[UUID], now: datetime
) -> None:
    """Publish a poll about a key, so that allocation can show its voters the draft key's effect."""
    if row.key_id is None:
        return
    event = PollOpened(
        time=now,
        poll_id=row.id,
        operation_id=row.operation_id,
        key_id=row.key_id,
        opened_at=now,
        voters=sorted(roll),
    )
    await messaging.publish(session, event)


async def cancel_poll(
    session: AsyncSession, operation_id: OperationId, poll_id: UUID, *, reason: str, by: str
) -> PollRow:
    """Call a poll off before its result is sealed; repeating it changes nothing.

    Secret ballots are deleted: until a seal rewrites them, the database can reveal their voters.
    Raises PollUnknown, PollEnded.
    """
    row = await polls.get_poll(session, operation_id, poll_id)
    await polls.lock_poll(session, row, to_end=True)
    now = now_in(session)
    phase = polls.to_poll(row).phase(PollState(row.state), now)
    if phase in {PollPhase.COUNTING, PollPhase.CLOSED}:
        raise PollEnded("Voting is over: the ballots are counted.", state=phase)
    if phase != PollPhase.CANCELLED:
        if row.ballot_mode == BallotMode.SECRET:
            await ballots.delete_ballots(session, row.id)
        row.state = PollState.CANCELLED
        row.cancelled_at, row.cancelled_by, row.cancelled_reason = now, by, reason
        await session.flush()
        voters = await polls.list_voter_ids(session, row.id)
        await tell_of_poll(session, row, NotificationKind.POLL_CANCELLED, voters, reason=reason)
    return row


async def _capital_shares(session: AsyncSession, row: PollRow, day: date) -> Mapping[UUID, int]:
    """Return the organiser's shares, if the poll counts them; movements wait meanwhile."""
    if row.weighting != Weighting.CAPITAL_SHARES:
        return {}
    operation = await registry.get_operation(session, row.operation_id)
    await capital.lock_register(session, operation.organiser_id)
    return await capital.map_capital_shares(session, operation.organiser_id, day=day)


async def list_poll_entries(
    session: AsyncSession, scope: Scope, *, language: Language, since: datetime
) -> list[CalendarEntry]:
    """Return when votes end: of the scope's operations, and those in which its member may vote."""
    rows = await polls.list_polls_to_watch(session, scope, since=since)
    return [_entry(row, language) for row in rows]


def _entry(row: PollRow, language: Language) -> CalendarEntry:
    assert row.opened_at is not None, "only opened polls are watched"
    return CalendarEntry(
        uid=f"poll-{row.id}@elocoop",
        revision=0 if row.cancelled_at is None else 1,
        changed_at=row.cancelled_at or row.opened_at,
        start=row.closes_at,
        end=row.closes_at,
        summary=("Fin du vote\u00a0: " if language == "fr" else "Voting ends: ") + row.question,
        description=row.description,
        is_cancelled=row.cancelled_at is not None,
    )


def _check_draft(row: PollRow) -> None:
    if row.state != PollState.DRAFT:
        raise PollNotADraft(
            f"The poll is {row.state}: to change it, draft a new poll with its own id.",
            state=row.state,
        )

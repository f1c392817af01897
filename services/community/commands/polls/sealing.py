"""Count a poll that is over, seal and publish the result; or count it again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.events.community import PollClosed
from libs.common.rounds.attempts import attempt
from libs.common.rounds.rest import Rest
from libs.common.settings import Settings
from services.community.commands.messages.notifications import tell_of_poll
from services.community.domain.messages.notifications import NotificationKind
from services.community.domain.polls.poll import BallotMode, Turnout
from services.community.domain.polls.seal import Ballot, Seal, seal_result
from services.community.store.polls import ballots, polls
from services.community.tables import PollRow

_AGAIN_AFTER = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(minutes=5)

_log = structlog.get_logger(__name__)


class Sealer:
    """Seals the polls that are over, each in a transaction of its own.

    A poll that cannot be sealed is our bug or a spoilt database. It stops no other, and is tried
    again after a while.
    """

    def __init__(self) -> None:
        self._again_at: dict[UUID, datetime] = {}

    async def seal_due(self, database: Database, *, now: datetime) -> Rest:
        async with database.transaction() as session:
            poll_ids = await polls.list_due_polls(session, now)
            closes_at = await polls.find_next_to_close(session, now)
        rests = [Rest.until(closes_at, now=now)]
        for poll_id in poll_ids:
            if self._again_at.get(poll_id, now) <= now:
                await self._seal_or_put_off(database, poll_id, now)
            # A poll that another process is sealing is looked at again too.
            rests.append(Rest.until(self._again_at.get(poll_id, now), now=now))
        return min(rests)

    async def _seal_or_put_off(self, database: Database, poll_id: UUID, now: datetime) -> None:
        async with attempt() as sealing, database.transaction() as session:
            await seal_poll(session, poll_id, now=now)
        if sealing.error is None:
            self._again_at.pop(poll_id, None)
        else:
            self._again_at[poll_id] = now + _AGAIN_AFTER
            # Only the class: an error's text may contain ballots.
            bug = type(sealing.error).__name__
            _log.error("poll not sealed", poll_id=str(poll_id), error=bug)


async def list_poll_warnings(
    session: AsyncSession, _settings: Settings
) -> Mapping[str, str | None]:
    """Warn of polls that have waited long for their seal, because they cannot be sealed."""
    over_before = now_in(session) - _LONGEST_WAIT
    count, first = await polls.find_unsealed(session, over_before=over_before)
    if not first:
        return {"polls": None}
    since = f"{first:%Y-%m-%d %H:%M} UTC"
    return {"polls": f"{count} not sealed, the first over since {since}. The log says which."}


async def seal_poll(session: AsyncSession, poll_id: UUID, *, now: datetime) -> bool:
    """Seal this poll if it is over and no other process is sealing it; return whether it was."""
    row = await polls.lock_due_poll(session, poll_id, now)
    if row is not None:
        await _seal(session, row, now)
    return row is not None


async def _seal(session: AsyncSession, row: PollRow, now: datetime) -> None:
    if row.ballot_mode == BallotMode.SECRET:
        await ballots.shuffle_ballots(session, row.id)
    turnout, votes = await _load(session, row)
    assert len(votes) == turnout.voted, "there is a ballot for each member who voted"
    seal = seal_result(polls.to_poll(row), turnout, votes)
    await polls.add_seal(session, row, seal, at=now)
    assert row.opened_at is not None, "an open poll says when it was opened"
    event = PollClosed(
        time=now,
        poll_id=row.id,
        operation_id=row.operation_id,
        adopted=seal.adopted,
        key_id=row.key_id,
        opened_at=row.opened_at,
        closed_at=row.closes_at,
        seal_hash=seal.sha256,
    )
    await messaging.publish(session, event)
    voters = await polls.list_voter_ids(session, row.id)
    numbers = {"voted": turnout.voted, "voters": turnout.voters}
    await tell_of_poll(session, row, NotificationKind.POLL_CLOSED, voters, **numbers)
    _log.info("poll sealed", poll_id=str(row.id), sha256=seal.sha256)


async def count_again(session: AsyncSession, row: PollRow) -> Seal:
    """Return the seal that the present roll and ballots make."""
    turnout, votes = await _load(session, row)
    return seal_result(polls.to_poll(row), turnout, votes)


async def _load(session: AsyncSession, row: PollRow) -> tuple[Turnout, list[Ballot]]:
    turnout = (await polls.map_turnouts(session, [row.id]))[row.id]
    return turnout, [ballot for ballot, _ in await ballots.list_ballots(session, row.id)]

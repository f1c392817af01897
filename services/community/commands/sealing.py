"""Count a poll that is over, seal the result, and tell the other services; or count it again."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.events.community import PollClosed
from libs.common.ids import OperationId
from services.community.domain.polls.poll import BallotMode, State, Turnout
from services.community.domain.polls.seal import Ballot, Seal, seal_result
from services.community.store import ballots, polls
from services.community.tables import PollRow

_log = structlog.get_logger(__name__)


async def seal_next_poll(session: AsyncSession, *, now: datetime) -> bool:
    """Seal the poll that has been over for longest; returns whether there was one."""
    row = await polls.lock_due_poll(session, now)
    if row is not None:
        await _seal(session, row, now)
    return row is not None


async def seal_poll(
    session: AsyncSession, operation_id: OperationId, poll_id: UUID, *, now: datetime
) -> bool:
    """Seal this poll if it is over; waits for who is voting. Returns whether it was sealed here.

    Raises PollUnknown.
    """
    row = await polls.get_poll(session, operation_id, poll_id)
    await polls.lock_poll(session, row, to_end=True)
    if row.state != State.OPEN or now < row.closes_at:
        return False
    await _seal(session, row, now)
    return True


async def _seal(session: AsyncSession, row: PollRow, now: datetime) -> None:
    if row.ballot_mode == BallotMode.SECRET:
        await ballots.shuffle_ballots(session, row.id)
    turnout, cast = await _load(session, row)
    assert len(cast) == turnout.voted, "there is a ballot for each member who voted"
    seal = seal_result(polls.to_poll(row), turnout, cast)
    await polls.add_seal(session, row, seal, at=now)
    assert row.opened_at is not None, "an open poll says when it was opened"
    told = PollClosed(
        time=now,
        poll_id=row.id,
        operation_id=row.operation_id,
        adopted=seal.adopted,
        key_id=row.key_id,
        opened_at=row.opened_at,
        closed_at=row.closes_at,
        seal_hash=seal.sha256,
    )
    await messaging.publish(session, told)
    _log.info("poll sealed", poll_id=str(row.id), sha256=seal.sha256)


async def count_again(session: AsyncSession, row: PollRow) -> Seal:
    """The seal that the roll and the ballots make now."""
    turnout, cast = await _load(session, row)
    return seal_result(polls.to_poll(row), turnout, cast)


async def _load(session: AsyncSession, row: PollRow) -> tuple[Turnout, list[Ballot]]:
    turnout = (await polls.map_turnouts(session, [row.id]))[row.id]
    return turnout, [ballot for ballot, _ in await ballots.list_ballots(session, row.id)]

"""Take replies to invitations; seats are given in order of arrival."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.commands.gatherings.notices import notify_seated
from services.community.domain.gatherings.gathering import GatheringPhase, GatheringState
from services.community.domain.gatherings.problems import (
    GatheringNotAnnounced,
    GatheringOver,
    NotInvited,
    RepliesClosed,
    ReplyUnfit,
)
from services.community.domain.gatherings.seating import (
    Before,
    ReplyAnswer,
    SeatPlace,
    promote,
    seat,
)
from services.community.store.gatherings import gatherings
from services.community.store.gatherings import replies as store
from services.community.tables import GatheringReplyRow, GatheringRow


async def reply(
    session: AsyncSession,
    row: GatheringRow,
    member_id: UUID,
    *,
    by_leader: bool,
    answer: ReplyAnswer,
    guests: int,
    shows_name: bool,
) -> GatheringReplyRow:
    """Record whether this member comes; seats that become free go to those who wait.

    row: locked. by_leader: who leads the gathering replies after ``reply_by``, too.
    Raises NotInvited, GatheringNotAnnounced, GatheringOver, RepliesClosed, ReplyUnfit,
    NoSeatForGuests.
    """
    now = now_in(session)
    _check_open(row, answer, now, by_leader=by_leader)
    _check_fits(row, answer, guests)
    former = await store.find_reply(session, row.id, member_id)
    # A former participant may still decline: somebody waits for the seat.
    if former is None or answer != ReplyAnswer.NO:
        await _check_invited(session, row, member_id)
    reply_row = former or GatheringReplyRow(gathering_id=row.id, member_id=member_id)
    place = await _find_place(session, row, former, seats=1 + guests) if answer == "yes" else None
    reply_row.is_seated = answer == ReplyAnswer.YES and place is None
    reply_row.answer, reply_row.guests, reply_row.waits_as = answer, guests, place
    reply_row.shows_name, reply_row.replied_at = shows_name, now
    await store.save_reply(session, reply_row)
    await seat_waiting(session, row)
    return reply_row


def _check_open(row: GatheringRow, answer: ReplyAnswer, now: datetime, *, by_leader: bool) -> None:
    """Raises GatheringNotAnnounced, GatheringOver, RepliesClosed."""
    gathering = gatherings.to_gathering(row)
    phase = gathering.phase(GatheringState(row.state), now)
    if phase == GatheringPhase.DRAFT:
        raise GatheringNotAnnounced("The gathering is a draft.", state=phase)
    if phase in {GatheringPhase.HELD, GatheringPhase.CANCELLED}:
        raise GatheringOver(f"The gathering was {phase}.", state=phase)
    # Declining is possible to the end: somebody waits for the seat.
    until = row.starts_at if answer == ReplyAnswer.NO else gathering.replies_until
    if not by_leader and now >= until:
        raise RepliesClosed(f"Replies closed at {until.isoformat()}.")


def _check_fits(row: GatheringRow, answer: ReplyAnswer, guests: int) -> None:
    """Raises ReplyUnfit."""
    if guests and answer != ReplyAnswer.YES:
        raise ReplyUnfit("Guests come with `yes` only.", max_guests=row.max_guests)
    if guests > row.max_guests:
        raise ReplyUnfit(f"{row.max_guests} guests at most.", max_guests=row.max_guests)


async def _check_invited(session: AsyncSession, row: GatheringRow, member_id: UUID) -> None:
    """Raises NotInvited."""
    if not await gatherings.is_invited(session, row, member_id):
        raise NotInvited(f"The member is not in its audience on {row.day}.")


async def _find_place(
    session: AsyncSession, row: GatheringRow, former_reply: GatheringReplyRow | None, *, seats: int
) -> int | None:
    """Return the party's place in the queue; None if it is seated. Raises NoSeatForGuests."""
    queue = await store.list_waiting(session, row.id)
    former_seats = None
    if former_reply is not None and former_reply.answer == ReplyAnswer.YES:
        former_seats = Before(1 + former_reply.guests, former_reply.is_seated)
    party = seat(seats, former_seats, left=_seats_left(row), somebody_waits=bool(queue))
    if party == SeatPlace.SEATED:
        return None
    if party == SeatPlace.WAITS_ON and former_reply is not None:
        return former_reply.waits_as
    return await store.next_place(session, row.id)


def _seats_left(row: GatheringRow) -> int | None:
    return None if row.capacity is None else row.capacity - row.seats_taken


async def seat_waiting(session: AsyncSession, row: GatheringRow) -> None:
    """Give free seats to the first in the queue, and notify them.

    The caller holds the gathering's lock.
    """
    await session.refresh(row)  # a trigger counts the seats
    queue = await store.list_waiting(session, row.id)
    parties = ((reply, 1 + reply.guests) for reply in queue)
    seated_replies = list(promote(parties, left=_seats_left(row)))
    for reply in seated_replies:
        reply.is_seated, reply.waits_as = True, None
    await session.flush()
    await notify_seated(session, seated_replies)

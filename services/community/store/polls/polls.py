"""Queries of polls, their rolls and their seals; ballots are in ``ballots``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, or_, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.database.scoped import is_about, is_of
from libs.common.ids import OperationId
from libs.common.scopes import EVERYTHING, Scope
from services.community.domain.polls.choices import Method
from services.community.domain.polls.poll import (
    BallotMode,
    Option,
    Poll,
    PollState,
    Quorum,
    QuorumOf,
    Turnout,
    Weighting,
)
from services.community.domain.polls.problems import PollUnknown, VoterUnknown
from services.community.domain.polls.seal import Seal
from services.community.tables import (
    MemberRow,
    ParticipationRow,
    PollRow,
    PollSealRow,
    PollVoterRow,
)


async def add_or_lock_draft(
    session: AsyncSession, poll: Poll, *, drafted_at: datetime, drafted_by: str
) -> PollRow:
    """Return the row of the poll, locked; a new one is as described."""
    await lock_names(session, "poll", [poll.id])
    row = await session.get(PollRow, poll.id, populate_existing=True, with_for_update=True)
    if row is None:
        row = PollRow(id=poll.id, state=PollState.DRAFT)
        set_draft(row, poll, drafted_at=drafted_at, drafted_by=drafted_by)
        session.add(row)
        await session.flush()
    return row


def set_draft(row: PollRow, poll: Poll, *, drafted_at: datetime, drafted_by: str) -> None:
    # Fields that are columns of the same name and type; the others follow.
    plain = set(PollRow.__table__.columns.keys()) & vars(poll).keys() - {"id", "options"}
    for name in plain:
        setattr(row, name, getattr(poll, name))
    row.options = [asdict(option) for option in poll.options]
    row.quorum_share = _fraction_text(poll.quorum.share) if poll.quorum else None
    row.quorum_of = str(poll.quorum.basis) if poll.quorum else None
    row.drafted_at = drafted_at
    row.drafted_by = drafted_by


def to_poll(row: PollRow) -> Poll:
    quorum = None
    if row.quorum_share is not None and row.quorum_of is not None:
        quorum = Quorum(Fraction(row.quorum_share), QuorumOf(row.quorum_of))
    return Poll(
        id=row.id,
        operation_id=row.operation_id,
        question=row.question,
        description=row.description,
        method=Method(row.method),
        options=[Option(**option) for option in row.options],
        max_choices=row.max_choices,
        ballot_mode=BallotMode(row.ballot_mode),
        weighting=Weighting(row.weighting),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        quorum=quorum,
        max_proxies=row.max_proxies,
        key_id=row.key_id,
        adopting_option=row.adopting_option,
    )


def _fraction_text(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


async def get_poll(
    session: AsyncSession, operation_id: OperationId, poll_id: UUID, scope: Scope = EVERYTHING
) -> PollRow:
    """Return it, if the scope's member is on its roll. Raises PollUnknown."""
    query = select(PollRow).where(
        PollRow.id == poll_id, PollRow.operation_id == operation_id, _may_vote(scope)
    )
    row = await session.scalar(query)
    if row is None:
        raise PollUnknown(f"{operation_id} has no poll {poll_id} for you.")
    return row


async def lock_poll(session: AsyncSession, row: PollRow, *, to_end: bool = False) -> None:
    """Keep others from ending the poll until the transaction ends; to_end: from voting too.

    Read again.
    """
    await session.refresh(row, with_for_update={"read": not to_end})


async def list_polls(
    session: AsyncSession,
    operation_id: OperationId,
    scope: Scope,
    *,
    after: UUID | None,
    limit: int,
) -> Sequence[PollRow]:
    """List the latest first, with the scope's member on the roll; after: begins after it.

    Raises PollUnknown for an ``after`` that is not to be seen.
    """
    query = select(PollRow).where(PollRow.operation_id == operation_id, _may_vote(scope))
    place = tuple_(PollRow.opens_at, PollRow.id)
    if after is not None:
        last = await get_poll(session, operation_id, after, scope)
        query = query.where(place < (last.opens_at, last.id))
    latest = query.order_by(PollRow.opens_at.desc(), PollRow.id.desc())
    return (await session.scalars(latest.limit(limit))).all()


async def list_polls_to_watch(
    session: AsyncSession, scope: Scope, *, since: datetime
) -> Sequence[PollRow]:
    """List opened polls of the scope's operations, or to vote in, that end after since."""
    is_opened = PollRow.opened_at.is_not(None)
    is_in_scope = is_of(PollRow.operation_id, scope) | _may_vote(scope)
    query = select(PollRow).where(is_opened, PollRow.closes_at > since, is_in_scope)
    return (await session.scalars(query.order_by(PollRow.closes_at, PollRow.id))).all()


def _may_vote(scope: Scope) -> ColumnElement[bool]:
    """Match polls with the scope's member on the roll."""
    if scope.is_everything:
        return true()
    is_voter = is_about(PollVoterRow.member_id, scope)
    return exists().where(PollVoterRow.poll_id == PollRow.id, is_voter)


async def list_due_polls(session: AsyncSession, now: datetime) -> Sequence[UUID]:
    """List polls that should be sealed, the first one first."""
    query = select(PollRow.id).where(PollRow.state == PollState.OPEN, PollRow.closes_at <= now)
    return (await session.scalars(query.order_by(PollRow.closes_at, PollRow.id))).all()


async def find_next_to_close(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the next poll ends, after now."""
    query = select(func.min(PollRow.closes_at))
    closes_at: datetime | None = await session.scalar(
        query.where(PollRow.state == PollState.OPEN, PollRow.closes_at > now)
    )
    return closes_at


async def lock_due_poll(session: AsyncSession, poll_id: UUID, now: datetime) -> PollRow | None:
    """Return the poll if it is to be sealed, unless another process has locked it."""
    due_poll = select(PollRow).where(
        PollRow.id == poll_id, PollRow.state == PollState.OPEN, PollRow.closes_at <= now
    )
    return await session.scalar(
        due_poll.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    )


async def find_unsealed(
    session: AsyncSession, *, over_before: datetime
) -> tuple[int, datetime | None]:
    """Count unsealed polls over before that instant, and return since when the first is over."""
    query = select(func.count(), func.min(PollRow.closes_at)).where(
        PollRow.state == PollState.OPEN, PollRow.closes_at < over_before
    )
    count, first = (await session.execute(query)).one()
    return count, first


async def list_participants(
    session: AsyncSession, operation_id: OperationId, day: date
) -> Sequence[UUID]:
    """List the members who take part on that local day."""
    query = select(ParticipationRow.member_id).where(
        ParticipationRow.operation_id == operation_id,
        ParticipationRow.valid_from <= day,
        or_(ParticipationRow.valid_to.is_(None), day < ParticipationRow.valid_to),
    )
    return (await session.scalars(query.distinct())).all()


async def add_voters(session: AsyncSession, poll: PollRow, roll: Mapping[UUID, int]) -> None:
    rows = [
        {
            "poll_id": poll.id,
            "member_id": member_id,
            "weight": weight,
            "max_proxies": poll.max_proxies,
        }
        for member_id, weight in sorted(roll.items())
    ]
    await session.execute(insert(PollVoterRow), rows)


async def lock_voter(session: AsyncSession, poll_id: UUID, member_id: UUID) -> PollVoterRow:
    """Raises VoterUnknown."""
    row = await session.get(
        PollVoterRow,
        (poll_id, member_id),
        populate_existing=True,
        with_for_update={"key_share": True},
    )
    if row is None:
        raise VoterUnknown(f"{member_id} has no vote in this poll.")
    return row


async def lock_proxies(session: AsyncSession, poll_id: UUID) -> None:
    """Make changes of a poll's proxies take turns; each concerns two voters."""
    await lock_names(session, "proxies of a poll", [poll_id])


async def set_holder(session: AsyncSession, voter: PollVoterRow, holder_id: UUID | None) -> None:
    voter.holder_id = holder_id
    await session.flush()


async def mark_voted(session: AsyncSession, voter: PollVoterRow) -> None:
    """Mark that the voter has voted; not when."""
    voter.has_voted = True
    await session.flush()


async def list_voters(
    session: AsyncSession, poll_id: UUID, scope: Scope, *, after: UUID | None, limit: int
) -> Sequence[tuple[PollVoterRow, str]]:
    """List voters with their names, by member id: the scope's member, and those they vote for.

    after: a member id, itself left out.
    """
    query = (
        select(PollVoterRow, MemberRow.name)
        .join(MemberRow, MemberRow.id == PollVoterRow.member_id)
        .where(
            PollVoterRow.poll_id == poll_id,
            or_(is_about(PollVoterRow.member_id, scope), is_about(PollVoterRow.holder_id, scope)),
        )
    )
    if after is not None:
        query = query.where(PollVoterRow.member_id > after)
    rows = await session.execute(query.order_by(PollVoterRow.member_id).limit(limit))
    return [(voter, name) for voter, name in rows]


async def list_voter_ids(session: AsyncSession, poll_id: UUID) -> Sequence[UUID]:
    query = select(PollVoterRow.member_id).where(PollVoterRow.poll_id == poll_id)
    return (await session.scalars(query)).all()


async def map_turnouts(session: AsyncSession, poll_ids: Collection[UUID]) -> Mapping[UUID, Turnout]:
    """Return the turnout of each poll; those without a roll are left out."""
    voted = PollVoterRow.has_voted
    query = (
        select(
            PollVoterRow.poll_id,
            func.count(),
            func.count().filter(voted),
            func.sum(PollVoterRow.weight),
            func.coalesce(func.sum(PollVoterRow.weight).filter(voted), 0),
        )
        .where(PollVoterRow.poll_id.in_(poll_ids))
        .group_by(PollVoterRow.poll_id)
    )
    rows = await session.execute(query)
    return {poll_id: Turnout(*map(int, numbers)) for poll_id, *numbers in rows}


async def add_seal(session: AsyncSession, poll: PollRow, seal: Seal, *, at: datetime) -> None:
    """Keep the result, and close the poll to any change."""
    session.add(
        PollSealRow(poll_id=poll.id, content=seal.content, sha256=seal.sha256, sealed_at=at)
    )
    await session.flush()
    await session.execute(
        update(PollRow).where(PollRow.id == poll.id).values(state=PollState.CLOSED)
    )


async def find_seal(session: AsyncSession, poll_id: UUID) -> PollSealRow | None:
    return await session.get(PollSealRow, poll_id)

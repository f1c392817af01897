"""Queries of polls as one voter sees them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.community.domain.polls.own_vote import Giver, Holder, OwnVote, holder_code
from services.community.domain.polls.poll import Poll, PollPhase
from services.community.domain.polls.problems import HolderUnknown
from services.community.store.polls.polls import list_voter_ids
from services.community.tables import MemberRow, PollVoterRow


async def map_own_votes(
    session: AsyncSession, poll_ids: Collection[UUID], member_id: UUID
) -> Mapping[UUID, OwnVote]:
    """Return the member's vote in each poll with them on its roll; in one statement."""
    holder = aliased(MemberRow)
    query = (
        select(PollVoterRow, MemberRow.name, holder.name)
        .join(MemberRow, MemberRow.id == PollVoterRow.member_id)
        .outerjoin(holder, holder.id == PollVoterRow.holder_id)
        .where(
            PollVoterRow.poll_id.in_(poll_ids),
            or_(PollVoterRow.member_id == member_id, PollVoterRow.holder_id == member_id),
        )
        .order_by(PollVoterRow.poll_id, PollVoterRow.member_id)
    )
    voters: dict[UUID, tuple[PollVoterRow, Holder | None]] = {}
    givers = defaultdict[UUID, list[Giver]](list)
    for voter, name, holder_name in await session.execute(query):
        if voter.member_id == member_id:
            voter_holder = Holder(voter.holder_id, holder_name) if voter.holder_id else None
            voters[voter.poll_id] = voter, voter_holder
        else:
            givers[voter.poll_id].append(Giver(voter.member_id, name, voter.has_voted))
    return {
        poll_id: OwnVote(member_id, voter.weight, voter.has_voted, voter_holder, givers[poll_id])
        for poll_id, (voter, voter_holder) in voters.items()
    }


async def get_possible_holder(
    session: AsyncSession, poll: Poll, phase: PollPhase, code: str
) -> Holder:
    """Return the voter who is shown this code now. Raises HolderUnknown."""
    voters = await list_voter_ids(session, poll.id)
    holders = [voter_id for voter_id in voters if holder_code(poll.id, voter_id) == code]
    votes = await map_own_votes(session, [poll.id], holders[0]) if len(holders) == 1 else {}
    if poll.id not in votes or votes[poll.id].holder_code(poll, phase) is None:
        raise HolderUnknown
    member = await session.get_one(MemberRow, holders[0])
    return Holder(member.id, member.name)

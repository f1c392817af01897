"""Vote, in person or by proxy, and give, revoke and decline proxies."""

import base64
import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.access import polls as access
from services.community.domain.polls.choices import Choice, check_choice
from services.community.domain.polls.poll import BallotMode, Poll, PollPhase, PollState
from services.community.domain.polls.problems import (
    BallotFinal,
    PollNotOpen,
    ProxyChained,
    ProxyLimit,
    ProxyStands,
    ProxyUsed,
)
from services.community.store.polls import ballots, polls
from services.community.tables import PollRow, PollVoterRow

_RECEIPT_BYTES = 15


async def cast_ballot(
    session: AsyncSession, row: PollRow, *, member_id: UUID, cast_by: UUID, choice: Choice
) -> str | None:
    """Vote as this member, or for this member who gave a proxy to the member who casts the ballot.

    Returns the receipt of a secret ballot, which is kept nowhere. Any other ballot replaces the
    previous one. The mark on the roll and the ballot are one transaction.
    Raises PollNotOpen, VoterUnknown, ProxyStands, Forbidden, ChoiceUnfit, BallotFinal.
    """
    poll = await _enter(session, row, {PollPhase.OPEN})
    voter = await polls.lock_voter(session, row.id, member_id)
    _check_gave_no_proxy(voter, cast_by)
    access.check_may_cast(voter, cast_by)
    check_choice(choice, poll.method, poll.option_ids, max_choices=poll.max_choices)
    is_secret = poll.ballot_mode == BallotMode.SECRET
    if is_secret and voter.has_voted:
        raise BallotFinal(
            "Nobody knows any more which ballot it is, so it cannot be changed. Was it not you?"
            " Tell the organiser before the poll closes."
        )
    await polls.mark_voted(session, voter)
    if not is_secret:
        await ballots.save_named_ballot(session, voter, choice)
        return None
    receipt = _new_receipt()
    fingerprint = sha256(receipt.encode()).hexdigest()
    await ballots.add_secret_ballot(session, row.id, choice, receipt_sha256=fingerprint)
    return receipt


async def give_proxy(
    session: AsyncSession, row: PollRow, *, giver_id: UUID, holder_id: UUID
) -> None:
    """Let another voter of the roll vote for the giver; repeating it changes nothing.

    Raises PollNotOpen, VoterUnknown, ProxyUsed, ProxyStands, ProxyChained, ProxyLimit.
    """
    giver = await _lock_giver(session, row, giver_id)
    holder = await polls.lock_voter(session, row.id, holder_id)
    if giver.holder_id == holder_id:
        return
    _check_may_give(giver, holder)
    await polls.set_holder(session, giver, holder_id)


async def revoke_proxy(session: AsyncSession, row: PollRow, *, giver_id: UUID) -> None:
    """Take the giver's vote back while it has not been cast; without a proxy nothing changes.

    Raises PollNotOpen, ProxyUsed.
    """
    giver = await _lock_giver(session, row, giver_id)
    if giver.holder_id is not None:
        await _end_proxy(session, giver, "Your vote was cast already: it cannot be taken back.")


async def decline_proxy(
    session: AsyncSession, row: PollRow, *, giver_id: UUID, holder_id: UUID
) -> None:
    """Return a vote that the holder has not cast; without one nothing changes.

    Raises PollNotOpen, VoterUnknown, ProxyUsed.
    """
    giver = await _lock_giver(session, row, giver_id)
    if giver.holder_id == holder_id:
        await _end_proxy(session, giver, "You cast this vote already: it cannot be given back.")


async def _lock_giver(session: AsyncSession, row: PollRow, giver_id: UUID) -> PollVoterRow:
    """Enter while proxies may change. Raises PollNotOpen, VoterUnknown."""
    await _enter(session, row, {PollPhase.ANNOUNCED, PollPhase.OPEN})
    await polls.lock_proxies(session, row.id)
    return await polls.lock_voter(session, row.id, giver_id)


async def _end_proxy(session: AsyncSession, giver: PollVoterRow, if_used: str) -> None:
    if giver.has_voted:
        raise ProxyUsed(if_used)
    await polls.set_holder(session, giver, None)


async def _enter(session: AsyncSession, row: PollRow, phases: set[PollPhase]) -> Poll:
    """Return the poll, which cannot end before the transaction does. Raises PollNotOpen."""
    # Before the lock: a call after the end of voting must not delay the seal.
    now = now_in(session)
    _check_phase(row, phases, now)
    await polls.lock_poll(session, row)
    # Read again after the lock: a caller who waited for the seal finds the poll closed. The instant
    # stays the earlier one: a call in time counts, unless a seal came before the lock.
    return _check_phase(row, phases, now)


def _check_phase(row: PollRow, phases: set[PollPhase], now: datetime) -> Poll:
    poll = polls.to_poll(row)
    phase = poll.phase(PollState(row.state), now)
    if phase not in phases:
        begins, ends = poll.opens_at.isoformat(), poll.closes_at.isoformat()
        raise PollNotOpen(f"The poll is {phase}. Voting is from {begins} to {ends}.", state=phase)
    return poll


def _check_gave_no_proxy(voter: PollVoterRow, cast_by: UUID) -> None:
    if voter.member_id == cast_by and voter.holder_id is not None:
        raise ProxyStands("You gave a proxy: revoke it first, then vote.")


def _check_may_give(giver: PollVoterRow, holder: PollVoterRow) -> None:
    if giver.has_voted:
        raise ProxyUsed("You have voted already: there is no vote left to give.")
    if giver.holder_id is not None:
        raise ProxyStands("You gave a proxy to somebody else: revoke it first.")
    is_own = giver.member_id == holder.member_id
    if is_own or holder.holder_id is not None or giver.proxies_held:
        raise ProxyChained(
            "A proxy holder votes in person, and a member who gave a proxy holds none."
        )
    if holder.proxies_held >= holder.max_proxies:
        raise ProxyLimit(
            f"Nobody may hold more than {holder.max_proxies} in this poll: choose another member.",
            max_proxies=holder.max_proxies,
        )


def _new_receipt() -> str:
    """Return 120 random bits, in letters and digits that are not mistaken for one another."""
    text = base64.b32encode(secrets.token_bytes(_RECEIPT_BYTES)).decode().lower()
    return "-".join(text[start : start + 6] for start in range(0, len(text), 6))

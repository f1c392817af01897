"""Vote, in person or by proxy, and give, revoke and decline proxies."""

import base64
import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, refused
from libs.common.clock import now_in
from libs.common.ids import OperationId
from services.community.domain.polls.choices import Choice, check_choice
from services.community.domain.polls.poll import BallotMode, Poll, PollPhase, State
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
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    poll_id: UUID,
    *,
    member_id: UUID,
    choice: Choice,
) -> str | None:
    """Vote as this member, or for this member who gave the caller a proxy.

    Returns the receipt of a secret ballot, which is kept nowhere. Any other ballot replaces the
    previous one. The mark on the roll and the ballot are one transaction.
    Raises PollUnknown, VoterUnknown, Forbidden, PollNotOpen, ProxyStands, ChoiceUnfit, BallotFinal.
    """
    poll, caller_member_id = await _enter(session, caller, operation_id, poll_id, {PollPhase.OPEN})
    voter = await polls.lock_voter(session, poll_id, member_id)
    _check_may_cast(caller, caller_member_id, voter)
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
    await ballots.add_secret_ballot(session, poll_id, choice, receipt_sha256=fingerprint)
    return receipt


async def give_proxy(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    poll_id: UUID,
    *,
    holder_id: UUID,
) -> None:
    """Let another voter of the roll vote for the caller; repeating it changes nothing.

    Raises PollUnknown, PollNotOpen, VoterUnknown, ProxyUsed, ProxyStands, ProxyChained, ProxyLimit.
    """
    _, caller_member_id = await _enter(
        session, caller, operation_id, poll_id, {PollPhase.ANNOUNCED, PollPhase.OPEN}
    )
    giver = await _lock_giver(session, poll_id, caller_member_id)
    holder = await polls.lock_voter(session, poll_id, holder_id)
    if giver.holder_id == holder_id:
        return
    _check_may_give(giver, holder)
    await polls.set_holder(session, giver, holder_id)


async def revoke_proxy(
    session: AsyncSession, caller: Principal, operation_id: OperationId, poll_id: UUID
) -> None:
    """Take the caller's vote back while it has not been cast; without a proxy nothing changes.

    Raises PollUnknown, PollNotOpen, ProxyUsed.
    """
    _, caller_member_id = await _enter(
        session, caller, operation_id, poll_id, {PollPhase.ANNOUNCED, PollPhase.OPEN}
    )
    giver = await _lock_giver(session, poll_id, caller_member_id)
    if giver.holder_id is not None:
        await _end_proxy(session, giver, "Your vote was cast already: it cannot be taken back.")


async def decline_proxy(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    poll_id: UUID,
    *,
    giver_id: UUID,
) -> None:
    """Return a vote that the caller holds and has not cast; without one nothing changes.

    Raises PollUnknown, PollNotOpen, VoterUnknown, ProxyUsed.
    """
    _, caller_member_id = await _enter(
        session, caller, operation_id, poll_id, {PollPhase.ANNOUNCED, PollPhase.OPEN}
    )
    giver = await _lock_giver(session, poll_id, giver_id)
    if giver.holder_id == caller_member_id:
        await _end_proxy(session, giver, "You cast this vote already: it cannot be given back.")


async def _lock_giver(session: AsyncSession, poll_id: UUID, giver_id: UUID) -> PollVoterRow:
    await polls.lock_proxies(session, poll_id)
    return await polls.lock_voter(session, poll_id, giver_id)


async def _end_proxy(session: AsyncSession, giver: PollVoterRow, if_used: str) -> None:
    if giver.has_voted:
        raise ProxyUsed(if_used)
    await polls.set_holder(session, giver, None)


async def _enter(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    poll_id: UUID,
    phases: set[PollPhase],
) -> tuple[Poll, UUID]:
    """Return the poll, which cannot end before the transaction does, and the caller's member id.

    Raises Forbidden if the caller is no member, PollUnknown if not on the roll, PollNotOpen.
    """
    caller_member_id = caller.own_member_id
    if caller_member_id is None:
        raise refused(caller, "Only members vote, each with an account of their own.")
    row = await polls.get_poll(session, operation_id, poll_id, as_voter=caller_member_id)
    # Before the lock: a call after the end of voting must not delay the seal.
    now = now_in(session)
    _check_phase(row, phases, now)
    await polls.lock_poll(session, row)
    # Read again after the lock: a caller who waited for the seal finds the poll closed. The instant
    # stays the earlier one: a call in time counts, unless a seal came before the lock.
    return _check_phase(row, phases, now), caller_member_id


def _check_phase(row: PollRow, phases: set[PollPhase], now: datetime) -> Poll:
    poll = polls.to_poll(row)
    phase = poll.phase(State(row.state), now)
    if phase not in phases:
        begins, ends = poll.opens_at.isoformat(), poll.closes_at.isoformat()
        raise PollNotOpen(f"The poll is {phase}. Voting is from {begins} to {ends}.", state=phase)
    return poll


def _check_may_cast(caller: Principal, caller_member_id: UUID, voter: PollVoterRow) -> None:
    if voter.member_id == caller_member_id and voter.holder_id is not None:
        raise ProxyStands("You gave a proxy: revoke it first, then vote.")
    if caller_member_id not in {voter.member_id, voter.holder_id}:
        raise refused(caller, "Only the member, or the holder of their proxy, may vote for them.")


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

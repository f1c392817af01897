"""Routes for voting, proxies, and the sealed result."""

from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in
from libs.common.edge.callers import AnyPerson, OnlyMember
from libs.common.edge.pages import LongLimit
from libs.common.http import attachment, file_response, problems
from libs.common.ids import OperationId, OperationIdField, Sha256Field
from services.community.access import polls as access
from services.community.api.dependencies import Session
from services.community.commands.polls import ballots as commands
from services.community.commands.polls.sealing import count_again
from services.community.domain.polls.poll import BallotMode, PollPhase, PollState
from services.community.domain.polls.problems import (
    BallotFinal,
    BallotsHidden,
    ChoiceUnfit,
    HolderUnknown,
    PollNotCounted,
    PollNotOpen,
    PollUnknown,
    ProxyChained,
    ProxyLimit,
    ProxyStands,
    ProxyUsed,
    VoterUnknown,
)
from services.community.schemas.polls.ballots import (
    BallotOut,
    CastOut,
    ChoiceIn,
    ProxyIn,
    ResultOut,
    SealedResultOut,
    VerificationOut,
)
from services.community.schemas.polls.polls import ProxyHolderOut
from services.community.store.polls import ballots
from services.community.store.polls import polls as store
from services.community.store.polls.own_votes import get_possible_holder
from services.community.tables import PollRow, PollSealRow

router = APIRouter(prefix="/operations/{operation_id}/polls/{poll_id}", route_class=TokenFirstRoute)
_SEEN_WITH_VOTERS = {PollPhase.ANNOUNCED, PollPhase.OPEN, PollPhase.COUNTING, PollPhase.CLOSED}


@router.put(
    "/ballots/{member_id}",
    summary="Vote",
    responses=problems(
        PollUnknown, VoterUnknown, PollNotOpen, ProxyStands, ChoiceUnfit, BallotFinal
    ),
)
async def put_ballot(
    *,
    caller: OnlyMember,
    operation_id: OperationIdField,
    poll_id: UUID,
    member_id: UUID,
    body: ChoiceIn,
    session: Session,
) -> CastOut:
    """Cast the ballot of a member: your own, or that of a member whose proxy you hold.

    A secret ballot is final, and its receipt is in this answer and nowhere else: keep it. After the
    end, find its sha256 in the list of ballots. Any other ballot may be changed until the end.
    """
    row, own_id = await access.get_poll_to_vote_in(session, caller, operation_id, poll_id)
    receipt = await commands.cast_ballot(
        session, row, member_id=member_id, cast_by=own_id, choice=body.to_choice()
    )
    fingerprint = receipt and sha256(receipt.encode()).hexdigest()
    return CastOut(receipt=receipt, receipt_sha256=fingerprint)


@router.put(
    "/proxy",
    summary="Give a proxy",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(
        PollUnknown, VoterUnknown, PollNotOpen, ProxyUsed, ProxyStands, ProxyChained, ProxyLimit
    ),
)
async def put_proxy(
    *,
    caller: OnlyMember,
    operation_id: OperationIdField,
    poll_id: UUID,
    body: ProxyIn,
    session: Session,
) -> None:
    """Let another member of the roll vote for you, from the opening to the end of the poll.

    You cannot vote yourself until you revoke it, nor once your vote was cast.
    """
    row, own_id = await access.get_poll_to_vote_in(session, caller, operation_id, poll_id)
    await commands.give_proxy(session, row, giver_id=own_id, holder_id=body.holder_id)


@router.get(
    "/possible-holders",
    summary="Find possible holders of a proxy",
    responses=problems(PollUnknown, HolderUnknown),
)
async def find_possible_holder(
    *,
    caller: OnlyMember,
    operation_id: OperationIdField,
    poll_id: UUID,
    code: Annotated[
        str, Query(max_length=40, description="their `holder_code`", examples=["k7mqd-3xw2a"])
    ],
    session: Session,
) -> ProxyHolderOut:
    """The voter with this code, to check the name before giving a proxy; for members on the roll.

    Voters give the `holder_code` of their own poll to the members for whom they would vote: nobody
    is listed to others. Voters who can hold no proxy have no code: once the poll is over, after
    giving their own proxy, or when holding as many as the poll allows.
    """
    row = await access.get_visible_poll(session, caller, operation_id, poll_id)
    poll = store.to_poll(row)
    phase = poll.phase(PollState(row.state), now_in(session))
    holder = await get_possible_holder(session, poll, phase, code.strip().lower())
    return ProxyHolderOut.model_validate(holder)


@router.delete(
    "/proxy",
    summary="Revoke a proxy",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(PollUnknown, PollNotOpen, ProxyUsed),
)
async def delete_proxy(
    caller: OnlyMember, operation_id: OperationIdField, poll_id: UUID, session: Session
) -> None:
    """Take your vote back, as long as the holder has not cast it. Repeating it changes nothing."""
    row, own_id = await access.get_poll_to_vote_in(session, caller, operation_id, poll_id)
    await commands.revoke_proxy(session, row, giver_id=own_id)


@router.delete(
    "/proxies/{giver_id}",
    summary="Decline a proxy",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(PollUnknown, VoterUnknown, PollNotOpen, ProxyUsed),
)
async def decline_proxy(
    caller: OnlyMember,
    operation_id: OperationIdField,
    poll_id: UUID,
    giver_id: UUID,
    session: Session,
) -> None:
    """Give a member's vote back to them, as long as you have not cast it.

    Members get proxies without being asked, and a holder of one can give none. Repeating it changes
    nothing.
    """
    row, own_id = await access.get_poll_to_vote_in(session, caller, operation_id, poll_id)
    await commands.decline_proxy(session, row, giver_id=giver_id, holder_id=own_id)


@router.get(
    "/ballots",
    summary="List the ballots",
    responses=problems(PollUnknown, BallotsHidden),
)
async def list_ballots(
    *,
    caller: AnyPerson,
    operation_id: OperationIdField,
    poll_id: UUID,
    session: Session,
    after: Annotated[
        UUID | Sha256Field | None,
        Query(description="last member_id, or receipt_sha256, of the page before"),
    ] = None,
    limit: LongLimit = 1000,
) -> list[BallotOut]:
    """Open ballots are listed at once, with their voters; others once the result is sealed.

    Secret ones have the hash of their receipt in place of their voter, and come in its order.
    For staff, the organiser, and members on the roll.
    """
    row = await access.get_visible_poll(session, caller, operation_id, poll_id)
    phase = store.to_poll(row).phase(PollState(row.state), now_in(session))
    seen = _SEEN_WITH_VOTERS if row.ballot_mode == BallotMode.OPEN else {PollPhase.CLOSED}
    if phase not in seen:
        raise BallotsHidden(
            f"The poll is {phase}: its ballots are shown once the result is sealed.", state=phase
        )
    page = await ballots.list_ballots(session, poll_id, after=after, limit=limit)
    return [BallotOut.of(ballot, name) for ballot, name in page]


@router.get(
    "/result",
    summary="Show the result",
    responses=problems(PollUnknown, PollNotCounted),
)
async def get_result(
    caller: AnyPerson, operation_id: OperationIdField, poll_id: UUID, session: Session
) -> ResultOut:
    """The result as it was sealed, for staff, the organiser, and members on the roll."""
    _, seal = await _get_sealed(session, caller, operation_id, poll_id)
    sealed = SealedResultOut.model_validate_json(seal.content)
    return ResultOut(**dict(sealed), sha256=seal.sha256, sealed_at=seal.sealed_at)


@router.get(
    "/seal",
    summary="Download the sealed bytes of the result",
    response_class=Response,
    responses=problems(PollUnknown, PollNotCounted)
    | file_response(
        "The question, the turnout, the outcome and every ballot, as canonical JSON",
        {"application/json": '{"adopted":true,"ballots":[{"choice":{"options":["for"]},…'},
    ),
)
async def get_seal(
    caller: AnyPerson, operation_id: OperationIdField, poll_id: UUID, session: Session
) -> Response:
    """The sha256 of this file is that of the result. It contains no names of members."""
    _, seal = await _get_sealed(session, caller, operation_id, poll_id)
    name = attachment(f"poll-{poll_id}.json")
    return Response(seal.content, media_type="application/json", headers=name)


@router.get(
    "/verification",
    summary="Recount a poll and compare",
    responses=problems(PollUnknown, PollNotCounted),
)
async def verify_result(
    caller: AnyPerson, operation_id: OperationIdField, poll_id: UUID, session: Session
) -> VerificationOut:
    """Make the sealed bytes again from the roll and the ballots, and compare them."""
    row, seal = await _get_sealed(session, caller, operation_id, poll_id)
    again = await count_again(session, row)
    return VerificationOut(
        is_same=again.content == seal.content, sha256=seal.sha256, counted_sha256=again.sha256
    )


async def _get_sealed(
    session: AsyncSession, caller: Principal, operation_id: OperationId, poll_id: UUID
) -> tuple[PollRow, PollSealRow]:
    """Raises Forbidden, PollUnknown, PollNotCounted."""
    row = await access.get_visible_poll(session, caller, operation_id, poll_id)
    seal = await store.find_seal(session, poll_id)
    if seal is None:
        phase = store.to_poll(row).phase(PollState(row.state), now_in(session))
        raise PollNotCounted(
            f"The poll is {phase}; a result is sealed soon after {row.closes_at.isoformat()}.",
            state=phase,
        )
    return row, seal

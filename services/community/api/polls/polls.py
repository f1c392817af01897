"""Routes for polls: draft, open, cancel and show them and the electoral roll."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.pages import AfterId, AfterMemberId, Limit, LongLimit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.community import access
from services.community.access.polls import get_visible_poll, get_voter_scope
from services.community.api.dependencies import Session
from services.community.commands.polls import polls as commands
from services.community.domain.polls.poll import PollState
from services.community.domain.polls.problems import (
    PollElsewhere,
    PollEnded,
    PollNotADraft,
    PollUnfit,
    PollUnknown,
    RollUnfit,
)
from services.community.domain.problems import OperationUnknown
from services.community.schemas.polls.polls import (
    CancellationIn,
    OpeningIn,
    PollIn,
    PollOut,
    VoterOut,
)
from services.community.store.polls import polls as store
from services.community.store.polls.own_votes import map_own_votes
from services.community.tables import PollRow

router = APIRouter(prefix="/operations/{operation_id}/polls", route_class=TokenFirstRoute)
_PLAIN = OpeningIn()


@router.get("", summary="List the polls of an operation", responses=problems(PollUnknown))
async def list_polls(
    *,
    caller: AnyPerson,
    operation_id: OperationIdField,
    session: Session,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[PollOut]:
    """Latest first. Staff and the organiser see all, members those with them on the roll."""
    scope = await access.get_operation_scope(session, caller, operation_id)
    rows = await store.list_polls(session, operation_id, scope, after=after, limit=limit)
    return await _polls_out(session, caller, rows)


@router.get("/{poll_id}", summary="Show a poll", responses=problems(PollUnknown))
async def get_poll(
    caller: AnyPerson, operation_id: OperationIdField, poll_id: UUID, session: Session
) -> PollOut:
    """The question, its state by the clock, and the number of votes.

    For staff, the organiser, and members on the roll, whose own vote is in `own`.
    """
    row = await get_visible_poll(session, caller, operation_id, poll_id)
    return await _poll_out(session, caller, row)


@router.put(
    "/{poll_id}",
    summary="Draft a poll",
    responses=problems(OperationUnknown, PollUnfit, PollElsewhere, PollNotADraft),
)
async def put_poll(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    poll_id: UUID,
    body: PollIn,
    session: Session,
) -> PollOut:
    """Write or rewrite a draft under an id of your choice; nobody is asked yet.

    For staff and the operation's organiser. Once opened it does not change.
    """
    caller.check_may_run(operation_id)
    poll = body.to_poll(operation_id, poll_id)
    row = await commands.draft_poll(session, poll, by=caller.subject)
    return await _poll_out(session, caller, row)


@router.post(
    "/{poll_id}/opening",
    summary="Open a poll",
    responses=problems(PollUnknown, PollNotADraft, PollUnfit, RollUnfit),
)
async def open_poll(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    poll_id: UUID,
    session: Session,
    body: OpeningIn = _PLAIN,
) -> PollOut:
    """Create the electoral roll and notify the members; they vote from `opens_at` on.

    The roll has each member who takes part on the local day on which voting begins, as known now,
    once, whatever the number of their points. It is frozen, including weights: later entries and
    exits change nothing. For staff and the operation's organiser. `roll-unfit` lists members
    without the necessary weight in `missing`, and superfluous ones in `unknown`.
    """
    caller.check_may_run(operation_id)
    row = await commands.open_poll(
        session, operation_id, poll_id, weights=body.to_weights(), by=caller.subject
    )
    return await _poll_out(session, caller, row)


@router.post(
    "/{poll_id}/cancellation",
    summary="Cancel a poll",
    responses=problems(PollUnknown, PollEnded),
)
async def cancel_poll(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    poll_id: UUID,
    body: CancellationIn,
    session: Session,
) -> PollOut:
    """Possible as long as members can vote; the reason is shown to them.

    Ballots already cast are never counted, and secret ones are deleted. For staff and the
    operation's organiser. Repeating it changes nothing.
    """
    caller.check_may_run(operation_id)
    row = await commands.cancel_poll(
        session, operation_id, poll_id, reason=body.reason, by=caller.subject
    )
    return await _poll_out(session, caller, row)


@router.get(
    "/{poll_id}/roll",
    summary="Show the electoral roll",
    responses=problems(PollUnknown),
)
async def list_voters(
    *,
    caller: AnyPerson,
    operation_id: OperationIdField,
    poll_id: UUID,
    session: Session,
    after: AfterMemberId = None,
    limit: LongLimit = 1000,
) -> list[VoterOut]:
    """Voters with their weights, whether they have voted, and their proxies; by member id.

    Staff and the organiser see all; members see themselves and those whose proxies they hold.
    Empty for a draft.
    """
    await get_visible_poll(session, caller, operation_id, poll_id)
    scope = get_voter_scope(caller, operation_id)
    voters = await store.list_voters(session, poll_id, scope, after=after, limit=limit)
    if scope.is_everything:
        await note_access(session, caller, [voter.member_id for voter, _ in voters])
    return [VoterOut.model_validate(vars(voter) | {"name": name}) for voter, name in voters]


async def _poll_out(session: AsyncSession, caller: Principal, row: PollRow) -> PollOut:
    return (await _polls_out(session, caller, [row]))[0]


async def _polls_out(
    session: AsyncSession, caller: Principal, rows: Sequence[PollRow]
) -> list[PollOut]:
    ids, now = [row.id for row in rows], now_in(session)
    turnouts = await store.map_turnouts(session, ids)
    member_id = caller.own_member_id
    votes = await map_own_votes(session, ids, member_id) if member_id else {}
    answer = []
    for row in rows:
        poll = store.to_poll(row)
        out = PollOut.of(
            poll,
            state=poll.phase(PollState(row.state), now),
            turnout=turnouts.get(row.id),
            opened_at=row.opened_at,
            cancelled_at=row.cancelled_at,
            cancelled_reason=row.cancelled_reason,
            vote=votes.get(row.id),
        )
        answer.append(out)
    return answer

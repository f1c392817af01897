"""Routes for challenges: their rules, entries and standing."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, OnlyMember, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.ids import OperationIdField, PrmField
from libs.common.settings import Settings
from services.community import access
from services.community.access.challenges import get_entrant_id
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.challenges import challenges as commands
from services.community.commands.challenges import entries
from services.community.commands.challenges.entries import ChallengePoint
from services.community.commands.challenges.standing import find_standing
from services.community.domain.challenges.problems import (
    ChallengeElsewhere,
    ChallengeEnded,
    ChallengeNotADraft,
    ChallengeNotOpen,
    ChallengeUnfit,
    ChallengeUnknown,
    NotEntered,
)
from services.community.domain.problems import MemberUnknown, OperationUnknown, PointNotTheirs
from services.community.schemas.challenges import (
    ChallengeCancellationIn,
    ChallengeIn,
    ChallengeOut,
    EntryIn,
    EntryOut,
    OwnResultOut,
    StandingOut,
    rank_out,
)
from services.community.store import challenges as store
from services.community.tables import ChallengeRow

router = APIRouter(prefix="/operations/{operation_id}/challenges", route_class=TokenFirstRoute)


@router.get("", summary="List challenges", responses=problems(ChallengeUnknown))
async def list_challenges(
    *,
    caller: AnyPerson,
    operation_id: OperationIdField,
    session: Session,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[ChallengeOut]:
    """Latest first. Staff and the organiser see all, members of the operation no drafts."""
    scope = await access.get_operation_scope(session, caller, operation_id)
    rows = await store.list_challenges(
        session, operation_id, with_drafts=scope.is_everything, after=after, limit=limit
    )
    return [_challenge_out(row) for row in rows]


@router.get("/{challenge_id}", summary="Show a challenge", responses=problems(ChallengeUnknown))
async def get_challenge(
    caller: AnyPerson, operation_id: OperationIdField, challenge_id: UUID, session: Session
) -> ChallengeOut:
    """Visible to those who see it in the list."""
    scope = await access.get_operation_scope(session, caller, operation_id)
    row = await store.get_challenge(
        session, operation_id, challenge_id, with_drafts=scope.is_everything
    )
    return _challenge_out(row)


@router.put(
    "/{challenge_id}",
    summary="Draft a challenge",
    responses=problems(OperationUnknown, ChallengeUnfit, ChallengeElsewhere, ChallengeNotADraft),
)
async def put_challenge(
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    challenge_id: UUID,
    body: ChallengeIn,
    session: Session,
) -> ChallengeOut:
    """Write or rewrite a draft under an id of your choice. For staff and the organiser."""
    caller.check_may_run(operation_id)
    challenge = body.to_challenge(operation_id, challenge_id)
    return _challenge_out(await commands.draft_challenge(session, challenge, by=caller.subject))


@router.post(
    "/{challenge_id}/announcement",
    summary="Announce a challenge",
    responses=problems(ChallengeUnknown, ChallengeUnfit, ChallengeEnded),
)
async def announce_challenge(
    caller: StaffOrOrganiser, operation_id: OperationIdField, challenge_id: UUID, session: Session
) -> ChallengeOut:
    """Show it to the operation's consumers, and notify them; repeating it changes nothing.

    From now on it cannot change. For staff and the organiser.
    """
    caller.check_may_run(operation_id)
    return _challenge_out(await commands.announce_challenge(session, operation_id, challenge_id))


@router.post(
    "/{challenge_id}/cancellation",
    summary="Cancel a challenge",
    responses=problems(ChallengeUnknown, ChallengeEnded),
)
async def cancel_challenge(
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    challenge_id: UUID,
    body: ChallengeCancellationIn,
    session: Session,
) -> ChallengeOut:
    """Measuring stops, measurements are deleted, and the participants are notified.

    For staff and the organiser.
    """
    caller.check_may_run(operation_id)
    row = await commands.cancel_challenge(session, operation_id, challenge_id, reason=body.reason)
    return _challenge_out(row)


@router.put(
    "/{challenge_id}/entries/{prm}",
    summary="Enter a challenge with one of my points",
    responses=problems(MemberUnknown, ChallengeUnknown, ChallengeNotOpen, PointNotTheirs)
    | {201: {"model": EntryOut, "description": "It is new"}},
)
async def put_entry(
    *,
    caller: OnlyMember,
    operation_id: OperationIdField,
    challenge_id: UUID,
    prm: PrmField,
    body: EntryIn,
    session: Session,
    response: Response,
) -> EntryOut:
    """For members, with points that consume there; until the last day of the challenge.

    It **is a consent** (purpose `challenge`, granularity `load_curve`) that the point's energy in
    the hours of the challenge is compared with that of the weeks before, until the result is final.
    Repeating it changes the name in the ranking.
    """
    place = ChallengePoint(operation_id, challenge_id, prm)
    member_id = await get_entrant_id(session, caller, operation_id, challenge_id)
    entry, is_new = await entries.enter(
        session, Claimant.of(caller), place, member_id=member_id, shown_as=body.shown_as
    )
    response.status_code = 201 if is_new else 200
    return EntryOut.model_validate(entry)


@router.delete(
    "/{challenge_id}/entries/{prm}",
    summary="Withdraw one of my points from a challenge",
    status_code=204,
    responses=problems(MemberUnknown, ChallengeUnknown, NotEntered),
)
async def delete_entry(
    caller: OnlyMember,
    operation_id: OperationIdField,
    challenge_id: UUID,
    prm: PrmField,
    session: Session,
) -> None:
    """Withdraw the consent, at any time: the entry, its name, place and measurements are deleted.

    Only the consent and its withdrawal stay on record.
    """
    member_id = await get_entrant_id(session, caller, operation_id, challenge_id)
    place = ChallengePoint(operation_id, challenge_id, prm)
    await entries.leave(session, place, member_id=member_id, by=caller.subject)


@router.get(
    "/{challenge_id}/standing",
    summary="Show the standing of a challenge",
    responses=problems(ChallengeUnknown),
)
async def get_standing(
    *,
    request: Request,
    caller: AnyPerson,
    operation_id: OperationIdField,
    challenge_id: UUID,
    session: Session,
) -> StandingOut:
    """Your own points; if there are enough others, their chosen names and the group's result.

    Staff and the organiser see no more about people than members do.
    """
    scope = await access.get_operation_scope(session, caller, operation_id)
    row = await store.get_challenge(
        session, operation_id, challenge_id, with_drafts=scope.is_everything
    )
    settings: Settings = request.app.state.settings
    standing = await find_standing(
        session, row, scope.member_id, least_points=settings.privacy_least_points
    )
    return StandingOut(
        challenge_id=row.id,
        is_final=row.frozen_at is not None,
        entries=standing.entries,
        target_percent=row.target_percent,
        group_effort_percent=standing.group_effort_percent,
        is_group_withheld=standing.view.is_group_withheld,
        ranking=rank_out(standing.view.ranking, scope.member_id),
        is_ranking_withheld=standing.view.is_ranking_withheld,
        own=[
            OwnResultOut.of(result, target_percent=row.target_percent, language=standing.language)
            for result in standing.own_results
        ],
    )


def _challenge_out(row: ChallengeRow) -> ChallengeOut:
    return ChallengeOut.of(
        store.to_challenge(row),
        state=row.state,
        announced_at=row.announced_at,
        cancelled_at=row.cancelled_at,
        cancelled_reason=row.cancelled_reason,
        frozen_at=row.frozen_at,
    )

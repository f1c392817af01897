"""Routes for members."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.community import access, commands
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.domain.privacy.erasure import MemberErased
from services.community.domain.problems import MemberUnknown
from services.community.schemas import MemberIn, MemberOut
from services.community.store.members import registry

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/members/{member_id}",
    summary="Create or replace a member",
    responses=problems(MemberErased),
)
async def put_member(
    caller: StaffOrOrganiser, member_id: UUID, body: MemberIn, session: Session
) -> MemberOut:
    """Record a member under an id of the caller's choice, and tell billing if it changed.

    Staff; organisers for members who take part in their operations only, or in none yet. The
    same content again changes nothing, other content replaces all of it. Every field has to be
    named; null empties it. `siren` and a French `vat_number` have check digits that must fit.
    """
    member = await commands.record_member(session, Claimant.of(caller), body.to_member(member_id))
    return MemberOut.model_validate(member)


@router.get(
    "/members/{member_id}",
    summary="Show a member",
    responses=problems(MemberUnknown),
)
async def show_member(caller: AnyPerson, member_id: UUID, session: Session) -> MemberOut:
    """For staff, organisers of an operation with the member, and the member itself.

    The member that has an organiser's id is also for who runs all operations of that organiser.
    """
    await access.check_may_see_member(session, caller, member_id)
    member = await registry.get_member(session, member_id)
    await note_access(session, caller, [member_id])
    return MemberOut.model_validate(member)


@router.get(
    "/members",
    summary="List members",
)
async def list_members(
    *,
    caller: StaffOrOrganiser,
    session: Session,
    operation_id: Annotated[
        OperationIdField | None, Query(description="only members who ever took part in it")
    ] = None,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[MemberOut]:
    """Members in order of id; organisers must give one of their operations, staff may."""
    access.check_may_list_members(caller, operation_id)
    members = await registry.list_members(session, operation_id, after=after, limit=limit)
    await note_access(session, caller, [member.id for member in members])
    return [MemberOut.model_validate(member) for member in members]

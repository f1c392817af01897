"""Routes about issuers: the facts that the law asks of a seller."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.taxes import parties as commands
from services.billing.domain.taxes.issuers import IssuerProfileInvalid
from services.billing.schemas.taxes.issuers import IssuerProfileIn, IssuerProfilesOut
from services.billing.store.taxes import parties as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/issuers/{member_id}/profile",
    summary="Set the profile of an issuer from a day on",
    responses=problems(IssuerProfileInvalid),
)
async def put_profile(
    member_id: UUID, body: IssuerProfileIn, session: Session, caller: StaffOrOrganiser
) -> IssuerProfilesOut:
    """Record a version; former ones stay, and unchanged content makes no new one.

    For staff, and organisers who run all operations in which the member sells. The version in
    force on the last day of a month goes on its documents. Issued ones never change; drafts made
    before are outdated.
    """
    await access.check_may_run_issuer(session, caller, member_id)
    rows = await commands.record_profile(session, member_id, body.to_profile())
    return IssuerProfilesOut.of(member_id, rows, today_in(session))


@router.get(
    "/issuers/{member_id}/profile",
    summary="Show the profile of an issuer, with its versions",
)
async def get_profile(member_id: UUID, session: Session, caller: AnyPerson) -> IssuerProfilesOut:
    """Visible to staff, organisers of an operation in which the member sells, and itself."""
    await access.check_may_see_issuer(session, caller, member_id)
    rows = await store.list_profiles(session, member_id)
    await note_access(session, caller, [member_id])
    return IssuerProfilesOut.of(member_id, rows, today_in(session))

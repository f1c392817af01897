"""Routes for the organisers of operations."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, Staff, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from services.community.api.dependencies import Session
from services.community.commands.members import registry as commands
from services.community.domain.problems import OrganiserUnknown
from services.community.schemas import OrganiserIn, OrganiserOut
from services.community.store.members import registry

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/organisers/{organiser_id}",
    summary="Create or replace an organiser",
)
async def put_organiser(
    _caller: Staff, organiser_id: UUID, body: OrganiserIn, session: Session
) -> OrganiserOut:
    """Record an organiser under an id of the caller's choice; staff only."""
    organiser = await commands.record_organiser(
        session, organiser_id, name=body.name, address=body.address
    )
    return OrganiserOut.model_validate(organiser)


@router.get(
    "/organisers/{organiser_id}",
    summary="Show an organiser",
    responses=problems(OrganiserUnknown),
)
async def show_organiser(_caller: AnyPerson, organiser_id: UUID, session: Session) -> OrganiserOut:
    """An organiser's name and address; staff, organisers and members."""
    return OrganiserOut.model_validate(await registry.get_organiser(session, organiser_id))


@router.get(
    "/organisers",
    summary="List organisers",
)
async def list_organisers(
    _caller: StaffOrOrganiser, session: Session, after: AfterId = None, limit: Limit = 100
) -> list[OrganiserOut]:
    """All organisers in order of id; staff and organisers."""
    organisers = await registry.list_organisers(session, after=after, limit=limit)
    return [OrganiserOut.model_validate(organiser) for organiser in organisers]

"""The route for the plants of an operation."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.allocation import access
from services.allocation.api.dependencies import Session
from services.allocation.domain.months.producers import list_producers, owners_of_plants
from services.allocation.schemas.producers import NamedPlantOut
from services.allocation.store import members
from services.allocation.store.copies import OperationUnknown

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/operations/{operation_id}/producers",
    summary="List the plants of an operation and their owners",
    responses=problems(OperationUnknown),
)
async def list_plants(
    operation_id: OperationIdField, session: Session, caller: AnyPerson
) -> list[NamedPlantOut]:
    """Return the plants by number; a plant that changed hands is listed once per owner.

    A company or public body is named, as on its invoices; of a household, neither the name nor the
    power is shown: call its plant by the number. Members see plants of the days on which they take
    part.
    """
    scope, perimeter = await access.get_view(session, caller, operation_id)
    owners = await members.map_owners(session, owners_of_plants(perimeter))
    return [
        NamedPlantOut.of(producer)
        for producer in list_producers(perimeter, owners)
        if scope.participations is None
        or any(producer.stay.is_there_with(stay) for stay in scope.participations)
    ]

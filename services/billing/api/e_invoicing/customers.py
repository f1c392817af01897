"""Routes about customers: where they want their invoices."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.e_invoicing import customers as commands
from services.billing.domain.invoices.routing import RoutingInvalid
from services.billing.schemas.e_invoicing.e_invoicing import RoutingBody
from services.billing.schemas.invoices.invoices import RoutingOut
from services.billing.store.copies import CustomerErased, CustomerUnknown
from services.billing.store.e_invoicing import routings as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/customers/{member_id}/routing",
    summary="Set where a customer receives invoices",
    responses=problems(CustomerUnknown, CustomerErased, RoutingInvalid),
)
async def put_routing(
    member_id: UUID, body: RoutingBody, session: Session, caller: StaffOrOrganiser
) -> RoutingOut:
    """Set what a public body needs to find its invoice in Chorus Pro; companies may want it too.

    For staff, and organisers who run all operations in which the customer takes part. It is frozen
    into documents issued from now on; drafts made before are outdated.
    """
    await access.check_may_run_customer(session, caller, member_id)
    await commands.set_routing(session, member_id, body.to_routing())
    return RoutingOut.model_validate(body)


@router.get(
    "/customers/{member_id}/routing",
    summary="Show where a customer receives invoices",
    responses=problems(CustomerUnknown),
)
async def get_routing(member_id: UUID, session: Session, caller: AnyPerson) -> RoutingOut:
    """Visible to staff, organisers of an operation with the customer, and the member itself."""
    await access.check_may_see_customer(session, caller, member_id)
    await store.check_customer(session, member_id)
    await note_access(session, caller, [member_id])
    return RoutingOut.model_validate(await store.get_routing(session, member_id))

"""Routes about the months whose energy an operation gives."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands import gifts as commands
from services.billing.domain.gifts import GiftPeriodsInvalid, GiftsBilled
from services.billing.schemas.gifts import GiftsBody
from services.billing.store import gifts as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/gifts",
    summary="Set the months whose energy is given",
    responses=problems(GiftPeriodsInvalid, GiftsBilled),
)
async def put_gifts(
    operation_id: OperationIdField, body: GiftsBody, session: Session, caller: StaffOrOrganiser
) -> GiftsBody:
    """Replace all periods; the same ones again change nothing.

    Energy that is given is not invoiced, and needs no price. Monthly fees of the price list are
    still due. If energy of a month is billed, it cannot be given any more (`gifts-billed`):
    credit its invoices first.
    """
    caller.check_may_run(operation_id)
    return GiftsBody.of(await commands.set_gifts(session, operation_id, body.to_periods()))


@router.get(
    "/operations/{operation_id}/gifts",
    summary="Show the months whose energy is given",
)
async def get_gifts(
    operation_id: OperationIdField, session: Session, caller: AnyPerson
) -> GiftsBody:
    """Visible to staff, the organiser and the members of the operation; empty where all is sold."""
    await access.check_takes_part(session, caller, operation_id)
    return GiftsBody.of(await store.list_gift_periods(session, operation_id))

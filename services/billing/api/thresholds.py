"""Routes about the least sums of an operation."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.ids import OperationIdField
from services.billing.api.dependencies import Session
from services.billing.commands.thresholds import set_thresholds
from services.billing.schemas.thresholds import ThresholdsBody
from services.billing.store.thresholds import get_thresholds

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/thresholds",
    summary="Set the least sums to invoice, to debit, to remind of and to correct",
)
async def put_thresholds(
    operation_id: OperationIdField, body: ThresholdsBody, session: Session, caller: StaffOrOrganiser
) -> ThresholdsBody:
    """Set the least sums. A smaller sum is not lost: it waits until others bring it to the least.

    Corrections that are still drafts are made again; issued ones stay as they are.
    """
    caller.check_may_run(operation_id)
    await set_thresholds(session, operation_id, body.thresholds)
    return body


@router.get(
    "/operations/{operation_id}/thresholds",
    summary="Show the least sums to invoice, to debit, to remind of and to correct",
)
async def show_thresholds(
    operation_id: OperationIdField, session: Session, caller: StaffOrOrganiser
) -> ThresholdsBody:
    """All are 0 where the operation has chosen none."""
    caller.check_may_run(operation_id)
    return ThresholdsBody.of(await get_thresholds(session, operation_id))

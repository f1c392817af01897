"""Routes for settlements."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Response, status

from libs.common.calendar import MonthMalformed
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import (
    ACCESS,
    MonthInPath,
    MonthInQuery,
    Organiser,
    Session,
    parse_month,
)
from services.allocation.commands.settlements import close_settlement
from services.allocation.domain.settlements import DaysIncomplete, DaysWaiting, NothingToSettle
from services.allocation.schemas.settlements import SettlementHeadOut, SettlementIn, SettlementOut
from services.allocation.store import settlements
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.settlements import SettlementNotFound
from services.allocation.tables import SettlementRow

router = APIRouter()


@router.post(
    "/operations/{operation_id}/settlements",
    summary="Settle a month",
    status_code=status.HTTP_201_CREATED,
    responses={
        200: {"model": SettlementOut, "description": "The month is settled with this content"},
        **problems(
            *ACCESS, OperationUnknown, MonthMalformed, DaysWaiting, DaysIncomplete, NothingToSettle
        ),
    },
)
async def post_settlement(
    operation_id: OperationIdField,
    body: SettlementIn,
    session: Session,
    principal: Organiser,
    response: Response,
) -> SettlementOut:
    """Freeze the shares of the month, provisionally (the network operator's are definitive).

    The content of the last settlement gives that one again, with 200. Every day on which at least
    one point takes part must be allocated: `days-waiting` is worth trying again in a second;
    `days-incomplete` lists in `days` each `day`, its `status` and its `missing` points and steps.
    """
    principal.check_may_run(operation_id)
    row, is_new = await close_settlement(session, operation_id, parse_month(body.month))
    if not is_new:
        response.status_code = status.HTTP_200_OK
    return SettlementOut.of(row)


@router.get(
    "/operations/{operation_id}/settlements",
    summary="The settlements of a month",
    response_model=list[SettlementHeadOut],
    responses=problems(*ACCESS, MonthMalformed),
)
async def list_settlements(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, principal: Organiser
) -> Sequence[SettlementRow]:
    """By number, without their pairs and points; the last one counts."""
    principal.check_may_run(operation_id)
    return await settlements.list_settlements(session, operation_id, month)


@router.get(
    "/settlements/{operation_id}/{month}/{number}",
    summary="One settlement",
    responses=problems(*ACCESS, SettlementNotFound, MonthMalformed),
)
async def get_settlement(
    operation_id: OperationIdField,
    month: MonthInPath,
    number: Annotated[int, Path(ge=1, lt=2**31)],
    session: Session,
    principal: Organiser,
) -> SettlementOut:
    """Energies in watt-minutes: pairs day by day, points over the month."""
    principal.check_may_run(operation_id)
    return SettlementOut.of(await settlements.get_settlement(session, operation_id, month, number))

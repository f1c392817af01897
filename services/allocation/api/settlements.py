"""Routes for settlements."""

from typing import Annotated

from fastapi import APIRouter, Path, Response, status

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.curve_consents import ConsentMissing
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInPath, MonthInQuery
from libs.common.http import problems
from libs.common.ids import OperationIdField, Sha256Field
from services.allocation import access
from services.allocation.api.dependencies import Session
from services.allocation.commands.settlements import close_settlement, verify_settlement
from services.allocation.domain.settlements import (
    DaysIncomplete,
    DaysWaiting,
    MonthPurged,
    NothingToSettle,
)
from services.allocation.domain.settlements.dso_basis import DsoResultsIncomplete
from services.allocation.domain.settlements.dso_month import DsoResultsTooCoarse
from services.allocation.domain.settlements.dso_split import DsoResultsDisagree
from services.allocation.domain.settlements.inputs import points_by_step
from services.allocation.schemas.settlements import (
    SettlementHeadOut,
    SettlementIn,
    SettlementOut,
    VerificationOut,
)
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.settlements import settlements, stale_settlements
from services.allocation.store.settlements.settlement_inputs import (
    SettlementInputNotFound,
    get_settlement_input,
)
from services.allocation.store.settlements.settlements import SettlementNotFound

router = APIRouter(route_class=TokenFirstRoute)

_FROZEN_DAY = {
    "version": 1,
    "kind": "own_shares",
    "day": "2026-10-12",
    "step_min": 30,
    "missing_readings": "refuse",
    "key": "5e0f" * 16,
    "points": [
        {
            "prm": "99000000000001",
            "direction": "consumption",
            "blocks": [
                {"step_min": 30, "revision": 2, "power_w": [400] * 48, "estimated_steps": []}
            ],
        }
    ],
}

NumberInPath = Annotated[int, Path(ge=1, lt=2**31)]


@router.post(
    "/operations/{operation_id}/settlements",
    summary="Settle a month",
    status_code=status.HTTP_201_CREATED,
    responses={
        200: {"model": SettlementOut, "description": "The month is settled with this content"},
        **problems(
            OperationUnknown,
            MonthMalformed,
            DaysWaiting,
            DaysIncomplete,
            NothingToSettle,
            MonthPurged,
            DsoResultsIncomplete,
            DsoResultsDisagree,
            DsoResultsTooCoarse,
        ),
    },
)
async def post_settlement(
    operation_id: OperationIdField,
    body: SettlementIn,
    session: Session,
    caller: StaffOrOrganiser,
    response: Response,
) -> SettlementOut:
    """Freeze our own shares (`provisional`) or, by the policy, the DSO's split (`definitive`).

    The content of the last settlement returns that one, with 200; other content supersedes it.
    Every day on which at least one point takes part must be allocated: after `days-waiting`, try
    again in a second; `days-incomplete` lists in `days` each `day`, its `status` and its `missing`
    points and steps.

    A definitive settlement needs definitive results of the DSO for every point and day: curves of
    each day, or energies of the month, which are spread over days as our own shares are.
    `dso-results-incomplete` lists what is missing; `dso-results-disagree` shows by how much the
    energy received by consumers and given by producers differs, beyond rounding.
    """
    caller.check_may_run(operation_id)
    row, is_new = await close_settlement(session, operation_id, Month.parse(body.month))
    if not is_new:
        response.status_code = status.HTTP_200_OK
    return SettlementOut.of(row, last_number=row.number)


@router.get(
    "/operations/{operation_id}/settlements",
    summary="List the settlements of a month",
    responses=problems(MonthMalformed),
)
async def list_settlements(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, caller: StaffOrOrganiser
) -> list[SettlementHeadOut]:
    """Return the settlements by number, without their pairs and points; the last one counts.

    If a correction, a key, a participation or a result of the network operator changes a settled
    month, the last one is `outdated` until the month is settled again, which happens automatically.
    `refusal` says what prevents it.
    """
    caller.check_may_run(operation_id)
    rows = await settlements.list_settlements(session, operation_id, month)
    mark = await stale_settlements.find_mark(session, operation_id, month)
    return [SettlementHeadOut.of(row, last_number=rows[-1].number, mark=mark) for row in rows]


@router.get(
    "/settlements/{operation_id}/{month}/{number}",
    summary="Show a settlement",
    responses=problems(SettlementNotFound, MonthMalformed),
)
async def get_settlement(
    operation_id: OperationIdField,
    month: MonthInPath,
    number: NumberInPath,
    session: Session,
    caller: StaffOrOrganiser,
) -> SettlementOut:
    """Energies in watt-minutes: pairs day by day, points over the month.

    A superseded settlement stays readable for ever.
    """
    caller.check_may_run(operation_id)
    row = await settlements.get_settlement(session, operation_id, month, number)
    last_number = await settlements.find_last_number(session, operation_id, month)
    mark = await stale_settlements.find_mark(session, operation_id, month)
    return SettlementOut.of(row, last_number=last_number or number, mark=mark)


@router.get(
    "/settlements/{operation_id}/{month}/{number}/verification",
    summary="Recompute a settlement and compare",
    responses=problems(SettlementNotFound, MonthMalformed),
)
async def get_verification(
    operation_id: OperationIdField,
    month: MonthInPath,
    number: NumberInPath,
    session: Session,
    caller: StaffOrOrganiser,
) -> VerificationOut:
    """Run today's engine on the frozen inputs, and compare every byte.

    Later changes of readings, keys and participations make no difference. Nothing is written.
    """
    caller.check_may_run(operation_id)
    verification = await verify_settlement(session, operation_id, month, number)
    return VerificationOut.model_validate(verification)


@router.get(
    "/settlements/{operation_id}/{month}/{number}/inputs/{input_hash}",
    summary="Download an input of a settlement as it was frozen",
    response_class=Response,
    responses={
        200: {
            "description": "the frozen JSON; its bytes have the SHA-256 that names it",
            "content": {"application/json": {"example": _FROZEN_DAY}},
        },
        **problems(
            ConsentMissing,
            SettlementNotFound,
            SettlementInputNotFound,
            OperationUnknown,
            MonthMalformed,
        ),
    },
)
async def get_input(  # noqa: PLR0917 - a path of four parts
    operation_id: OperationIdField,
    month: MonthInPath,
    number: NumberInPath,
    input_hash: Annotated[Sha256Field, Path(examples=["5e0f" * 16])],
    session: Session,
    caller: StaffOrOrganiser,
) -> Response:
    """For recomputing a settlement independently; its `inputs` list the hashes.

    `kind` is `own_shares` (a day: participants, readings in watts, step), `key`, `dso_day` or
    `dso_month` (the network operator's results, in watt-minutes). A day with a point that is not
    shared with the organiser step by step is for staff only (`consent-missing`): its bytes cannot
    be split.
    """
    caller.check_may_run(operation_id)
    row = await settlements.get_settlement(session, operation_id, month, number)
    frozen = await get_settlement_input(session, row, input_hash)
    _, perimeter = await access.get_noted_view(session, caller, operation_id)
    days = month.days
    hidden = await access.list_hidden(session, caller, perimeter, days[0], days[-1])
    access.check_shown(caller, hidden, points_by_step(frozen))
    return Response(frozen.content, media_type="application/json")

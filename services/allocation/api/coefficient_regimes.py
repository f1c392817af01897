"""Routes about when an operation sets its coefficients."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInPath, MonthInQuery
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import Session
from services.allocation.commands.coefficient_regimes import RegimeTooLate, choose_regime
from services.allocation.domain.coefficient_regimes.regimes import RegimeChoice
from services.allocation.schemas.coefficient_regimes import CoefficientRegimesOut, RegimeChoiceIn
from services.allocation.store import coefficient_regimes as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/coefficient-regimes/{month}",
    summary="Choose whether coefficients are set before or after a month, from one on",
    responses=problems(MonthMalformed, RegimeTooLate),
)
async def put_coefficient_regime(
    operation_id: OperationIdField,
    month: MonthInPath,
    body: RegimeChoiceIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> CoefficientRegimesOut:
    """A regime begins with a month and holds until the next choice; no month has two.

    It replaces a choice that begins with the same month. It may change nothing of a month that has
    begun, nor of one whose last day for deposits is over: what shares a month is known before it.
    """
    caller.check_may_run(operation_id)
    choice = RegimeChoice(
        month,
        body.regime,
        body.deposit_days,
        body.without_deposit,
        body.automatic_deposit_days,
    )
    choices = await choose_regime(session, operation_id, choice)
    return CoefficientRegimesOut.of(operation_id, choices, month)


@router.get(
    "/operations/{operation_id}/coefficient-regimes",
    summary="Show whether coefficients are set before or after a month",
    responses=problems(MonthMalformed),
)
async def get_coefficient_regimes(
    operation_id: OperationIdField,
    month: MonthInQuery,
    session: Session,
    caller: StaffOrOrganiser,
) -> CoefficientRegimesOut:
    """Return the operation's choices, and the regime in force in a month.

    Without a choice the national default holds; `is_verified` says whether somebody has read the
    law that sets it. `applications` says how the DSO can apply each type of key.
    """
    caller.check_may_run(operation_id)
    choices = await store.list_regime_choices(session, operation_id)
    return CoefficientRegimesOut.of(operation_id, choices, month)

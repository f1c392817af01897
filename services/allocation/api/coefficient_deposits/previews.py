"""Preview what coefficients would share of a month, before they are deposited."""

from typing import Annotated

from fastapi import APIRouter, Body

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInPath
from libs.common.http import problems
from libs.common.http.allowances import costs
from libs.common.http.body_limits import LISTS_BYTES, takes
from libs.common.ids import OperationIdField
from services.allocation.api.coefficient_deposits.deposits import FILE_EXAMPLE
from services.allocation.api.dependencies import Session
from services.allocation.commands.coefficient_deposits import previews
from services.allocation.commands.coefficient_deposits.depositing import (
    DepositLate,
    DepositNotTaken,
)
from services.allocation.commands.coefficient_deposits.forecasts import NothingForecast
from services.allocation.commands.key_coefficients import CoefficientsUnfit
from services.allocation.domain.coefficients.problems import CoefficientFileRefused
from services.allocation.domain.curves import EnergyNotWhole
from services.allocation.domain.keys.problems import (
    CoefficientStepUnfit,
    KeyInvalid,
    KeyMalformed,
)
from services.allocation.schemas.coefficient_deposits import CalendarSharesIn, ForecastIn
from services.allocation.schemas.deposit_previews import DepositPreviewOut
from services.allocation.store.copies import OperationUnknown

router = APIRouter(route_class=TokenFirstRoute)

_PREVIEW = "/operations/{operation_id}/coefficient-deposits/{month}"
_REFUSALS = (
    OperationUnknown,
    MonthMalformed,
    DepositNotTaken,
    DepositLate,
    CoefficientsUnfit,
    EnergyNotWhole,
    NothingForecast,
)


@router.post(
    f"{_PREVIEW}/rules/preview",
    summary="Preview what coefficients by calendar would share",
    responses=problems(*_REFUSALS, KeyInvalid, KeyMalformed),
)
@costs(1)
async def post_rules_preview(
    operation_id: OperationIdField,
    month: MonthInPath,
    body: CalendarSharesIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> DepositPreviewOut:
    """Return the energy that each consumer is expected to get by these rules; nothing is kept.

    The month is forecast from the readings of days before today, as for a deposit from a forecast.
    A consumer without readings is taken to be like the mean of the others.
    """
    caller.check_may_run(operation_id)
    month_shares = await previews.preview_rules(session, operation_id, month, body.rules)
    return DepositPreviewOut.of(month, month_shares, read_before=today_in(session))


@router.post(
    f"{_PREVIEW}/file/preview",
    summary="Preview what a file of coefficients would share",
    responses=problems(*_REFUSALS, CoefficientStepUnfit, CoefficientFileRefused),
)
@costs(1)
@takes(LISTS_BYTES)
async def post_file_preview(
    operation_id: OperationIdField,
    month: MonthInPath,
    session: Session,
    caller: StaffOrOrganiser,
    file: Annotated[bytes, Body(media_type="text/plain", examples=[FILE_EXAMPLE])],
) -> DepositPreviewOut:
    """As the preview by calendar, of a file in the DSO's format; nothing is kept."""
    caller.check_may_run(operation_id)
    month_shares = await previews.preview_file(session, operation_id, month, file)
    return DepositPreviewOut.of(month, month_shares, read_before=today_in(session))


@router.post(
    f"{_PREVIEW}/forecast/preview",
    summary="Preview what coefficients from a forecast would share",
    responses=problems(*_REFUSALS),
)
@costs(1)
async def post_forecast_preview(
    operation_id: OperationIdField,
    month: MonthInPath,
    body: ForecastIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> DepositPreviewOut:
    """As the preview by calendar, of the deposit that the same forecast would make."""
    caller.check_may_run(operation_id)
    expected = {prm: consumer.consumer() for prm, consumer in body.expected.items()}
    month_shares = await previews.preview_forecast(session, operation_id, month, expected)
    return DepositPreviewOut.of(month, month_shares, read_before=today_in(session))

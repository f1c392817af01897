"""Deposit the coefficients of a month before it begins, and read what was deposited."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInPath, MonthInQuery
from libs.common.http import attachment, file_response, problems
from libs.common.http.body_limits import LISTS_BYTES, takes
from libs.common.ids import OperationId, OperationIdField
from services.allocation.api.dependencies import Session
from services.allocation.commands.coefficient_deposits.depositing import (
    DepositLate,
    DepositNotTaken,
    deposit_file,
    deposit_rules,
)
from services.allocation.commands.coefficient_deposits.forecasts import (
    NothingForecast,
    deposit_forecast,
)
from services.allocation.commands.key_coefficients import CoefficientsUnfit
from services.allocation.domain.coefficient_regimes.regimes import regime_of
from services.allocation.domain.coefficients.problems import (
    CoefficientFileRefused,
    CoefficientsNotNeeded,
)
from services.allocation.domain.curves import EnergyNotWhole
from services.allocation.domain.keys.problems import (
    CoefficientStepUnfit,
    KeyInvalid,
    KeyMalformed,
)
from services.allocation.schemas.coefficient_deposits import (
    CalendarSharesIn,
    CoefficientDepositOut,
    CoefficientDepositsOut,
    ForecastIn,
)
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.keys import deposits
from services.allocation.store.keys.deposits import DepositUnknown
from services.allocation.store.keys.in_force import get_operation_keys
from services.allocation.tables import CoefficientDepositRow

router = APIRouter(route_class=TokenFirstRoute)

FILE_EXAMPLE = "Horodate;99220000000101;99220000000102\n01/01/2027 00:00;45,00;55,00\n…"
_REFUSALS = (
    OperationUnknown,
    MonthMalformed,
    DepositNotTaken,
    DepositLate,
    CoefficientsNotNeeded,
    CoefficientsUnfit,
    CoefficientStepUnfit,
)
_ALREADY: dict[int | str, dict[str, Any]] = {
    200: {"model": CoefficientDepositOut, "description": "The last deposit already"}
}


@router.post(
    "/operations/{operation_id}/coefficient-deposits/{month}/rules",
    summary="Deposit coefficients by calendar before a month",
    status_code=status.HTTP_201_CREATED,
    responses={**_ALREADY, **problems(*_REFUSALS, KeyInvalid, KeyMalformed)},
)
async def post_rules(  # noqa: PLR0917 - a path of two parts
    operation_id: OperationIdField,
    month: MonthInPath,
    body: CalendarSharesIn,
    session: Session,
    caller: StaffOrOrganiser,
    response: Response,
) -> CoefficientDepositOut:
    """Make the coefficients of each step of the month, rounded down to the decimals of the policy.

    A consumer has 0 on days on which it does not take part. What is deposited is what settles:
    its coefficient × what was produced, at most what it consumed. The last deposit of a month
    counts; none is taken after its last day, and none ever changes. The same file as the last one
    answers with that one, with 200.
    """
    caller.check_may_run(operation_id)
    row, is_new = await deposit_rules(session, operation_id, month, body.rules, by=caller.subject)
    response.status_code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
    return await _shown(session, row)


@router.post(
    "/operations/{operation_id}/coefficient-deposits/{month}/file",
    summary="Deposit a file of coefficients before a month",
    status_code=status.HTTP_201_CREATED,
    responses={**_ALREADY, **problems(*_REFUSALS, CoefficientFileRefused)},
)
@takes(LISTS_BYTES)
async def post_file(
    *,
    operation_id: OperationIdField,
    month: MonthInPath,
    session: Session,
    caller: StaffOrOrganiser,
    file: Annotated[bytes, Body(media_type="text/plain", examples=[FILE_EXAMPLE])],
    response: Response,
) -> CoefficientDepositOut:
    """The body is a file in the DSO's format, with a row for every step of the month.

    It has no more decimals than the policy says, and is kept as this platform writes it: columns
    by PRM, CRLF. Otherwise as a deposit by calendar.
    """
    caller.check_may_run(operation_id)
    row, is_new = await deposit_file(session, operation_id, month, file, by=caller.subject)
    response.status_code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
    return await _shown(session, row)


@router.post(
    "/operations/{operation_id}/coefficient-deposits/{month}/forecast",
    summary="Deposit coefficients from a forecast before a month",
    status_code=status.HTTP_201_CREATED,
    responses={**_ALREADY, **problems(*_REFUSALS, NothingForecast, EnergyNotWhole)},
)
async def post_forecast(  # noqa: PLR0917 - a path of two parts
    operation_id: OperationIdField,
    month: MonthInPath,
    body: ForecastIn,
    session: Session,
    caller: StaffOrOrganiser,
    response: Response,
) -> CoefficientDepositOut:
    """Make the coefficients by the keys in force, from the readings of days before today.

    Each consumer is expected to consume the mean of days like each day; `forecast` shows the
    deposit's inputs. Otherwise as a deposit by calendar.
    """
    caller.check_may_run(operation_id)
    expected = {prm: consumer.consumer() for prm, consumer in body.expected.items()}
    row, is_new = await deposit_forecast(session, operation_id, month, expected, by=caller.subject)
    response.status_code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
    return await _shown(session, row)


@router.get(
    "/operations/{operation_id}/coefficient-deposits",
    summary="List the coefficients that were deposited before a month",
    responses=problems(MonthMalformed),
)
async def list_deposits(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, caller: StaffOrOrganiser
) -> CoefficientDepositsOut:
    """Return the deposits, with the state of the month, its last day, and the basis of its days.

    Without a deposit in time, the key shares the days if the DSO applies it by itself; otherwise
    the operation's choice does (`without_deposit`). `GET …/{number}` shows a deposit's inputs.
    """
    caller.check_may_run(operation_id)
    keys = await get_operation_keys(session, operation_id)
    rows = await deposits.list_deposits(session, operation_id, month)
    return CoefficientDepositsOut.of(
        keys,
        regime_of(keys.choices, month),
        rows,
        await deposits.map_submissions(session, operation_id, month),
        today=today_in(session),
        operation_id=operation_id,
    )


@router.get(
    "/operations/{operation_id}/coefficient-deposits/{month}/{number}",
    summary="Show a deposit of coefficients",
    responses=problems(MonthMalformed, DepositUnknown),
)
async def get_deposit(
    operation_id: OperationIdField,
    month: MonthInPath,
    number: Annotated[int, Path(ge=1, lt=2**31)],
    session: Session,
    caller: StaffOrOrganiser,
) -> CoefficientDepositOut:
    """Return the deposit with its author, its time, its source and each consumer's part."""
    caller.check_may_run(operation_id)
    row = await deposits.get_deposit(session, operation_id, month, number)
    return await _shown(session, row)


@router.get(
    "/operations/{operation_id}/coefficient-deposits/{month}/{number}/file",
    summary="Download deposited coefficients for the DSO",
    response_class=Response,
    responses={
        **file_response("The file, in percent", {"text/plain": FILE_EXAMPLE}),
        **problems(MonthMalformed, DepositUnknown),
    },
)
async def get_file(
    operation_id: OperationIdField,
    month: MonthInPath,
    number: Annotated[int, Path(ge=1, lt=2**31)],
    session: Session,
    caller: StaffOrOrganiser,
) -> Response:
    """The exact bytes, to give to the DSO by its portal."""
    caller.check_may_run(operation_id)
    name, content = await deposits.get_deposited_file(session, operation_id, month, number)
    return Response(content, media_type="text/plain", headers=attachment(name))


async def _shown(session: AsyncSession, row: CoefficientDepositRow) -> CoefficientDepositOut:
    operation_id, month = OperationId(row.operation_id), Month.parse(row.month)
    submissions = await deposits.map_submissions(session, operation_id, month)
    consumers = await deposits.list_consumers(session, operation_id, month, row.number)
    return CoefficientDepositOut.whole(row, submissions.get(row.number), consumers)

"""Routes for what becomes of a deposit: it is withdrawn, or sent to the DSO."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response, status

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInPath
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import Session
from services.allocation.commands.coefficient_deposits.depositing import (
    DepositLate,
    DepositNotTaken,
)
from services.allocation.commands.coefficient_deposits.steps import (
    DepositNotCurrent,
    SubmissionMisdated,
    record_deposit_submission,
    withdraw_deposit,
)
from services.allocation.schemas.coefficient_deposits import (
    CoefficientDepositOut,
    DepositSubmissionIn,
    DepositSubmissionOut,
)
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.keys.deposits import DepositUnknown

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS = (OperationUnknown, MonthMalformed, DepositUnknown, DepositNotCurrent)
_Number = Annotated[int, Path(ge=1, lt=2**31)]


def _already(model: type[Any], description: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": model, "description": description}}


@router.post(
    "/operations/{operation_id}/coefficient-deposits/{month}/{number}/withdrawal",
    summary="Withdraw a deposit of coefficients before its last day is over",
    status_code=status.HTTP_201_CREATED,
    responses={
        **_already(CoefficientDepositOut, "It is withdrawn already"),
        **problems(*_REFUSALS, DepositNotTaken, DepositLate),
    },
)
async def post_withdrawal(  # noqa: PLR0917 - a path of three parts
    operation_id: OperationIdField,
    month: MonthInPath,
    number: _Number,
    session: Session,
    caller: StaffOrOrganiser,
    response: Response,
) -> CoefficientDepositOut:
    """The next entry of the month says so; the deposit is kept as it was, and counts no more.

    The month is then as if nothing had been deposited, until the next deposit. If the DSO has the
    file already, it has to be told as well: nothing here does that.
    """
    caller.check_may_run(operation_id)
    row, is_new = await withdraw_deposit(session, operation_id, month, number, by=caller.subject)
    response.status_code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
    return CoefficientDepositOut.whole(row, None, ())


@router.post(
    "/operations/{operation_id}/coefficient-deposits/{month}/{number}/submission",
    summary="Record that a deposit of coefficients was sent to the DSO",
    status_code=status.HTTP_201_CREATED,
    responses={
        **_already(DepositSubmissionOut, "It was recorded already, as the answer says"),
        **problems(*_REFUSALS, SubmissionMisdated),
    },
)
async def post_deposit_submission(
    *,
    operation_id: OperationIdField,
    month: MonthInPath,
    number: _Number,
    body: DepositSubmissionIn,
    session: Session,
    caller: StaffOrOrganiser,
    response: Response,
) -> DepositSubmissionOut:
    """Once for each deposit, and only for the one that counts; it can be recorded afterwards.

    What settles the month is the deposit, whether it was sent or not.
    """
    caller.check_may_run(operation_id)
    row, is_new = await record_deposit_submission(
        session,
        operation_id,
        month,
        number,
        by=caller.subject,
        sent_at=body.sent_at,
        note=body.note,
    )
    response.status_code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
    return DepositSubmissionOut.of(row)

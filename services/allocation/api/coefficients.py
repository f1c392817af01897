"""Routes for the coefficients that are sent to the network operator."""

from typing import Annotated

from fastapi import APIRouter, Path, Response, status

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInPath, MonthInQuery
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import Session
from services.allocation.commands.coefficients import (
    CoefficientsChanged,
    export_coefficients,
    find_checksum,
    record_submission,
)
from services.allocation.domain.coefficients.problems import (
    CoefficientsNotNeeded,
    CoefficientsSetBefore,
)
from services.allocation.domain.keys.problems import CoefficientStepUnfit
from services.allocation.domain.settlements import DaysIncomplete, DaysWaiting, NothingToSettle
from services.allocation.schemas.coefficients import (
    CoefficientsReportOut,
    SubmissionIn,
    SubmissionOut,
)
from services.allocation.store import coefficients
from services.allocation.store.coefficient_regimes import list_regime_choices
from services.allocation.store.coefficients import SubmissionNotFound
from services.allocation.store.copies import OperationUnknown

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS = (
    OperationUnknown,
    MonthMalformed,
    NothingToSettle,
    DaysWaiting,
    DaysIncomplete,
    CoefficientsNotNeeded,
    CoefficientsSetBefore,
    CoefficientStepUnfit,
)
_EXAMPLE = (
    "Horodate;99220000000101;99220000000102\r\n"
    "01/10/2026 00:00;45,00;54,99\r\n"
    "01/10/2026 00:30;45,00;54,99\r\n"
)
_FILE = file_response(
    "The file, in percent; or a zip with one file per producer",
    {"text/plain": _EXAMPLE, "application/zip": None},
)


@router.get(
    "/operations/{operation_id}/coefficients",
    summary="Download the coefficient file of a month for the DSO",
    response_class=Response,
    responses={**_FILE, **problems(*_REFUSALS)},
)
@costs(1)
async def get_coefficients(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, caller: StaffOrOrganiser
) -> Response:
    """Percentages of each step, rounded down; for `full_dynamic` keys a zip, a file per producer.

    `Horodate;PRM1;PRM2…`, local starts, decimal comma, `;`, CRLF. Decimals and step are those of
    the policy. Every day on which a point takes part must be allocated: after `days-waiting`, try
    again in a second; `days-incomplete` says what is missing. With static keys that are not
    redistributed, and with the default rule, nothing is sent: `coefficients-not-needed`. A month
    whose coefficients are set before it has a deposit instead: `coefficients-set-before`.
    """
    caller.check_may_run(operation_id)
    now = (await export_coefficients(session, operation_id, month)).export
    return _file(now.content, now.name, now.media_type)


@router.get(
    "/operations/{operation_id}/coefficients/report",
    summary="Check the coefficient file of a month, and whether it was sent",
    responses=problems(*_REFUSALS),
)
async def get_report(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, caller: StaffOrOrganiser
) -> CoefficientsReportOut:
    """Files with their checksums; energy lost to rounding (watt-minutes); submissions so far.

    `outdated`: a correction has changed the shares since the files were sent.
    """
    caller.check_may_run(operation_id)
    now = await export_coefficients(session, operation_id, month)
    sent = await coefficients.list_submissions(session, operation_id, month)
    choices = await list_regime_choices(session, operation_id)
    return CoefficientsReportOut.of(
        operation_id, month, now.export, now.key_types, sent, choices=choices
    )


@router.post(
    "/operations/{operation_id}/coefficients/submissions",
    summary="Record that the coefficients of a month were sent to the DSO",
    status_code=status.HTTP_201_CREATED,
    responses={
        200: {"model": SubmissionOut, "description": "This was the last submission already"},
        **problems(*_REFUSALS, CoefficientsChanged),
    },
)
async def post_submission(
    operation_id: OperationIdField,
    body: SubmissionIn,
    session: Session,
    caller: StaffOrOrganiser,
    response: Response,
) -> SubmissionOut:
    """Record the author, the time, checksums and the content as it would be exported now.

    Give the `sha256` of the files sent: if the shares have changed since the download, the answer
    is `coefficients-changed`. The content of the last submission returns that one, with 200.
    """
    caller.check_may_run(operation_id)
    row, is_new = await record_submission(
        session,
        operation_id,
        Month.parse(body.month),
        recorded_by=caller.subject,
        sent_at=body.sent_at,
        sha256=body.sha256,
        note=body.note,
    )
    if not is_new:
        response.status_code = status.HTTP_200_OK
    return SubmissionOut.of(row, row.sha256)


@router.get(
    "/operations/{operation_id}/coefficients/submissions",
    summary="List the coefficient files sent to the DSO for a month",
    responses=problems(OperationUnknown, MonthMalformed),
)
async def list_submissions(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, caller: StaffOrOrganiser
) -> list[SubmissionOut]:
    """Return the submissions by number; `outdated` if the shares now give other files."""
    caller.check_may_run(operation_id)
    sent = await coefficients.list_submissions(session, operation_id, month)
    sha256_now = await find_checksum(session, operation_id, month)
    return [SubmissionOut.of(row, sha256_now) for row in sent]


@router.get(
    "/operations/{operation_id}/coefficients/submissions/{month}/{number}",
    summary="Download a coefficient file as it was sent to the DSO",
    response_class=Response,
    responses={**_FILE, **problems(SubmissionNotFound, MonthMalformed)},
)
async def get_submission(
    operation_id: OperationIdField,
    month: MonthInPath,
    number: Annotated[int, Path(ge=1, lt=2**31)],
    session: Session,
    caller: StaffOrOrganiser,
) -> Response:
    """The exact bytes; a zip if there was one file per producer."""
    caller.check_may_run(operation_id)
    row = await coefficients.get_submission(session, operation_id, month, number)
    return _file(row.content, row.name, row.media_type)


def _file(content: bytes, name: str, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers=attachment(name))

"""Routes for completeness: which of an operation's readings have arrived."""

import asyncio
from io import BytesIO

from fastapi import APIRouter, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInQuery
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.http.files import CsvResponse, ParquetResponse
from libs.common.ids import OperationIdField
from services.ingest.api.dependencies import Session
from services.ingest.commands.completeness.completeness import measure_month
from services.ingest.domain.completeness.completeness import COMPLETENESS, Completeness
from services.ingest.domain.completeness.svg import completeness_svg
from services.ingest.domain.problems import OperationUnknown
from services.ingest.schemas.completeness import CompletenessOut

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS = problems(OperationUnknown, MonthMalformed)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 120">…</svg>'
_CSV = f"{','.join(COMPLETENESS)}\n99110000000101,consumption,2026-10-01,30,48,46,1,0,1,1410\n"


class SvgResponse(Response):
    """The media type of the picture's route, for OpenAPI."""

    media_type = "image/svg+xml"


@router.get(
    "/operations/{operation_id}/completeness",
    summary="Show how complete a month's readings are, by point and day",
    responses=_REFUSALS,
)
async def get_completeness(
    operation_id: OperationIdField, month: MonthInQuery, caller: StaffOrOrganiser, session: Session
) -> CompletenessOut:
    """For each point, the local days that are over and on which it takes part.

    Counts are in the operation's settlement steps, whatever the steps of the meters: a reading of
    60 minutes covers two half-hours, and a half-hour is received when three readings of 10 minutes
    are. Estimates of the DSO and our own are counted separately.
    """
    completeness = await _measure(operation_id, month, caller, session)
    return await asyncio.to_thread(CompletenessOut.of, completeness)


@router.get(
    "/operations/{operation_id}/completeness.svg",
    summary="Draw the completeness of a month as a heat map",
    response_class=SvgResponse,
    responses=_REFUSALS | file_response("A picture", {"image/svg+xml": _SVG}),
)
async def get_completeness_svg(
    operation_id: OperationIdField, month: MonthInQuery, caller: StaffOrOrganiser, session: Session
) -> SvgResponse:
    """A row per point, a square per day: blue is complete, red empty; a dot marks our estimates."""
    completeness = await _measure(operation_id, month, caller, session)
    title = f"Readings of {operation_id} in {month}"
    return SvgResponse(
        await asyncio.to_thread(completeness_svg, title, month.days, completeness.counts)
    )


@router.get(
    "/operations/{operation_id}/completeness.csv",
    summary="Download the completeness of a month as CSV",
    response_class=CsvResponse,
    responses=_REFUSALS | file_response("One row per point, direction and day", {"text/csv": _CSV}),
)
@costs(1)
async def get_completeness_csv(
    operation_id: OperationIdField, month: MonthInQuery, caller: StaffOrOrganiser, session: Session
) -> CsvResponse:
    """One row per point, direction and day.

    Columns `prm,direction,day,step_min,expected,received,estimated_by_dso,estimated_by_us,missing`
    and `covered_min`.
    """
    completeness = await _measure(operation_id, month, caller, session)
    return CsvResponse(
        await asyncio.to_thread(completeness.counts.write_csv), headers=_named(completeness, "csv")
    )


@router.get(
    "/operations/{operation_id}/completeness.parquet",
    summary="Download the completeness of a month as Parquet",
    response_class=ParquetResponse,
    responses=_REFUSALS
    | file_response("The rows of the CSV", {"application/vnd.apache.parquet": None}),
)
@costs(1)
async def get_completeness_parquet(
    operation_id: OperationIdField, month: MonthInQuery, caller: StaffOrOrganiser, session: Session
) -> ParquetResponse:
    """The rows and columns of the CSV."""
    completeness = await _measure(operation_id, month, caller, session)
    content = BytesIO()
    await asyncio.to_thread(completeness.counts.write_parquet, content)
    return ParquetResponse(content.getvalue(), headers=_named(completeness, "parquet"))


async def _measure(
    operation_id: OperationIdField, month: MonthInQuery, caller: StaffOrOrganiser, session: Session
) -> Completeness:
    caller.check_may_run(operation_id)
    return await measure_month(session, operation_id, month, today=today_in(session))


def _named(completeness: Completeness, extension: str) -> dict[str, str]:
    return attachment(f"completeness-{completeness.operation_id}-{completeness.month}.{extension}")

"""Routes for the yearly report of an operation."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import YearField
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.ids import OperationIdField
from services.billing.api.dependencies import Session
from services.billing.commands.surplus.yearly_reports import (
    YearWithoutData,
    print_yearly_report,
    report_year,
)
from services.billing.domain.wordings import Language
from services.billing.schemas.surplus.yearly_reports import YearlyReportOut

router = APIRouter(prefix="/operations/{operation_id}", route_class=TokenFirstRoute)

_PDF = "application/pdf"

YearInQuery = Annotated[YearField, Query(examples=[2026])]


@router.get(
    "/yearly-report",
    summary="Show the yearly report of an operation",
    responses=problems(YearWithoutData),
)
async def get_report(
    caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session, year: YearInQuery
) -> YearlyReportOut:
    """Participants, energies, rates and prices of a year, as billing knows them.

    For staff and the organiser. Energies come from the newest settlements, prices from issued
    invoices less credit notes. `missing` lists the months that are not settled.
    """
    caller.check_may_run(operation_id)
    return YearlyReportOut.of(await report_year(session, operation_id, year))


@router.get(
    "/yearly-report.pdf",
    summary="Download the yearly report of an operation as PDF",
    response_class=Response,
    responses={**problems(YearWithoutData), **file_response("PDF/A-3b", {_PDF: None})},
)
@costs(2)
async def get_report_pdf(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    session: Session,
    year: YearInQuery,
    language: Annotated[Language, Query(description="of the page", examples=["fr"])] = (
        Language.FRENCH
    ),
) -> Response:
    """The report as a document, for the organiser's own; watermarked while months are missing."""
    caller.check_may_run(operation_id)
    content = await print_yearly_report(session, operation_id, year, language)
    name = f"{operation_id}-{year}.pdf"
    return Response(content, media_type=_PDF, headers=attachment(name))

"""Routes about e-reporting: what was sold to households, by day and VAT rate."""

import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.api.e_invoicing.submissions import submissions_out
from services.billing.commands.e_invoicing import e_reporting as commands
from services.billing.domain.e_invoicing.e_reporting import (
    NothingToReport,
    PeriodNotOver,
    PeriodOfOtherFrequency,
)
from services.billing.domain.e_invoicing.report_periods import ReportPeriod, ReportPeriodMalformed
from services.billing.schemas.e_invoicing.e_invoicing import ClosedReportOut, ReportOut, SumsOut
from services.billing.store.e_invoicing import e_reports as store
from services.billing.store.taxes.sellers import SellerUnknown

router = APIRouter(route_class=TokenFirstRoute)

_WRITTEN = "`2027-09`, `2027-09-1` (ten days, to `-3`) or `2027-09-two` (two months)"


async def _in_query(
    period: Annotated[str, Query(description=_WRITTEN, examples=["2027-09"])],
) -> ReportPeriod:
    return ReportPeriod.parse(period)


async def _in_path(
    period: Annotated[str, Path(description=_WRITTEN, examples=["2027-09"])],
) -> ReportPeriod:
    return ReportPeriod.parse(period)


@router.get(
    "/issuers/{issuer_id}/e-reporting",
    summary="Show what a seller sold to households in a period",
    responses=problems(SellerUnknown, ReportPeriodMalformed),
)
async def get_sums(
    issuer_id: UUID,
    period: Annotated[ReportPeriod, Depends(_in_query)],
    session: Session,
    caller: AnyPerson,
) -> SumsOut:
    """Sums by issue date, category and VAT rate over issued documents; credit notes are deducted.

    Any period can be queried. `closed` shows what was reported for exactly this one.
    """
    await access.check_may_read_books(session, caller, issuer_id)
    sums = await commands.sum_sales(session, issuer_id, period)
    closed = await store.list_reports(session, issuer_id, period)
    return SumsOut.model_validate(
        vars(sums.report)
        | {name: value for name, value in vars(sums).items() if name != "report"}
        | {
            "closed": [ClosedReportOut.model_validate(row) for row in closed],
            "is_outdated": bool(closed) and store.read_report(closed[-1]).days != sums.report.days,
        }
    )


@router.post(
    "/issuers/{issuer_id}/e-reporting/{period}",
    summary="Report what a seller sold to households",
    status_code=202,
    responses=problems(
        SellerUnknown,
        ReportPeriodMalformed,
        PeriodOfOtherFrequency,
        PeriodNotOver,
        commands.PeriodReportedOtherwise,
        NothingToReport,
    ),
)
async def post_report(
    issuer_id: UUID,
    period: Annotated[ReportPeriod, Depends(_in_path)],
    session: Session,
    caller: StaffOrOrganiser,
) -> ReportOut:
    """Close a period that is over, keep its file, and let a worker send it.

    Documents issued later with a date in the period make the report outdated: report again, and
    the new report replaces the old one. Before its due date, only this route makes a report.
    """
    await access.check_may_keep_books(session, caller, issuer_id)
    row, submission = await commands.report_period(session, issuer_id, period)
    (report_submission,) = await submissions_out(session, [submission])
    return ReportOut.model_validate(
        ClosedReportOut.model_validate(row).model_dump()
        | {"file": json.loads(row.content), "submission": report_submission}
    )

"""Sum sales to households, close a period, and have the sums sent."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import get_shared_now, today_in
from libs.common.errors import Problem
from services.billing.commands.e_invoicing.submissions import requeue
from services.billing.domain.e_invoicing.channels import Channel, Why, why_due
from services.billing.domain.e_invoicing.e_reporting import (
    EReport,
    NothingToReport,
    check_may_report,
    check_new,
    report_days,
)
from services.billing.domain.e_invoicing.report_periods import Frequency, ReportPeriod, frequency_of
from services.billing.domain.e_invoicing.submissions import AGAIN, SubmissionState
from services.billing.store.e_invoicing import e_reports as store
from services.billing.store.e_invoicing import submissions as submission_store
from services.billing.store.taxes.parties import map_profiles
from services.billing.store.taxes.sellers import check_seller
from services.billing.tables import EReportRow, SubmissionRow


class PeriodReportedOtherwise(Problem):
    status, slug, title = (
        409,
        "period-reported-otherwise",
        "Another report has days of this period",
    )
    example_detail = "The report of 2027-09-1 has days of 2027-09 already."
    example_facts: ClassVar = {"period": "2027-09-1"}


@dataclass(frozen=True)
class Sums:
    """The sums at present."""

    report: EReport
    frequency: Frequency
    is_certain: bool
    why: Why


async def sum_sales(session: AsyncSession, issuer_id: UUID, period: ReportPeriod) -> Sums:
    """Sum a seller's sales of a period. Raises SellerUnknown."""
    seller = await check_seller(session, issuer_id)
    profiles = await map_profiles(session, [issuer_id], period.first_day)
    profile = profiles.get(issuer_id)
    frequency, is_certain = frequency_of(profile, period.first_day)
    documents = await store.list_sold(session, issuer_id, period.first_day, period.end)
    closed = await store.list_reports(session, issuer_id, period)
    report = EReport(
        issuer_id=issuer_id,
        issuer_siren=seller.siren,
        period=str(period),
        first_day=period.first_day,
        last_day=period.end - timedelta(days=1),
        number=len(closed) + 1,
        days=report_days(documents),
    )
    why = why_due(Channel.B2C, profile, period.first_day) if seller.siren else Why.UNREGISTERED
    return Sums(report, frequency, is_certain, why)


async def report_period(
    session: AsyncSession, issuer_id: UUID, period: ReportPeriod
) -> tuple[EReportRow, SubmissionRow]:
    """Close the period with its present sums and have them sent, in place of earlier ones.

    If nothing changed, a failed submission is repeated. A period once closed remains one of the
    seller's, even if the seller's frequency has changed.
    Raises SellerUnknown, PeriodOfOtherFrequency, PeriodNotOver, PeriodReportedOtherwise,
    NothingToReport.
    """
    await store.lock_reports(session, issuer_id)
    sums = await sum_sales(session, issuer_id, period)
    closed = await store.list_reports(session, issuer_id, period)
    # A closed period stays valid whatever the seller's frequency now: no other report has its days.
    expected = period if closed else ReportPeriod.around(period.first_day, sums.frequency)
    check_may_report(period, expected, today=today_in(session))
    other = await store.find_overlapping(session, issuer_id, period)
    if other is not None:
        raise PeriodReportedOtherwise(
            f"{other.period} was reported, which has days of {period}.", period=other.period
        )
    last = closed[-1] if closed else None
    try:
        check_new(sums.report.days, store.read_report(last).days if last else None, str(period))
    except NothingToReport:
        failed = await _find_failed(session, last)
        if last is None or failed is None:
            raise
        await requeue(session, failed)
        return last, failed
    row = await store.add_report(session, sums.report, period)
    now = await get_shared_now(session)
    submission = await submission_store.add_report_submission(
        session, row.id, issuer_id, sums.why, now=now
    )
    return row, submission


async def _find_failed(session: AsyncSession, last: EReportRow | None) -> SubmissionRow | None:
    if last is None:
        return None
    submission = await submission_store.find_of_report(session, last.id, lock=True)
    return submission if submission and SubmissionState(submission.state) in AGAIN else None

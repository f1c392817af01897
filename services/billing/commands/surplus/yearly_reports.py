"""Reports on a year of an operation, from billing's data."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.documents.rendering import render_yearly_report
from services.billing.domain.surplus.yearly_reports import (
    YearlyReport,
    count_participants,
    missing_months,
    plants_of_year,
)
from services.billing.domain.wordings import Language
from services.billing.store.copies import find_perimeter, get_parties
from services.billing.store.surplus.yearly_reports import list_producer_years, list_reported_months


class YearWithoutData(Problem):
    status, slug, title = 404, "nothing-to-report", "There is no data on this year"
    example_detail = "Nobody took part in ACC00000101 in 2019."


async def report_year(session: AsyncSession, operation_id: OperationId, year: int) -> YearlyReport:
    """Report on a year. Raises NothingToReport if nobody takes part in it, or it is yet to come."""
    today = today_in(session)
    perimeter = await find_perimeter(session, operation_id)
    months = await list_reported_months(session, operation_id, year)
    if perimeter is None or year > today.year:
        raise YearWithoutData(f"There is no data on {operation_id} in {year}.")
    participations = perimeter.participations
    if not any(
        participation.valid_from.year <= year
        and (participation.valid_to is None or participation.valid_to.year >= year)
        for participation in participations
    ):
        raise YearWithoutData(f"Nobody took part in {operation_id} in {year}.")
    parties = await get_parties(
        session, {participation.member_id for participation in participations}
    )
    kinds = {member_id: party.kind for member_id, party in parties.items()}
    settled = [month.month for month in months]
    return YearlyReport(
        operation_id=operation_id,
        name=perimeter.name,
        organiser_name=perimeter.organiser_name,
        year=year,
        participants=count_participants(participations, kinds, year=year, today=today),
        months=months,
        missing=missing_months(participations, settled, year=year, today=today),
        producers=await list_producer_years(session, operation_id, year),
        plants=plants_of_year(participations, year),
    )


async def print_yearly_report(
    session: AsyncSession, operation_id: OperationId, year: int, language: Language
) -> bytes:
    """The PDF of a yearly report. Raises YearWithoutData."""
    report = await report_year(session, operation_id, year)
    return await asyncio.to_thread(render_yearly_report, report, language)

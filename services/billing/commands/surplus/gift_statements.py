"""Statements of the energy that members gave one another in a year."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import today_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.documents.rendering import render_gifts
from services.billing.domain.gifts import is_gift
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.domain.prices.sales import Perimeter, Sales, find_sales
from services.billing.domain.surplus.gift_statements import GiftStatement, gifted_months
from services.billing.domain.surplus.yearly_reports import missing_months
from services.billing.domain.wordings import Language
from services.billing.store.copies import find_perimeter, get_parties
from services.billing.store.gifts import list_gift_periods
from services.billing.store.settlements import map_pairs, map_settlements


class NothingGiven(Problem):
    status, slug, title = 404, "nothing-given", "No energy was given in this year"
    example_detail = "Nobody gave or received energy of ACC00000101 in 2025."


async def list_gift_statements(
    session: AsyncSession, operation_id: OperationId, year: int, *, member_id: UUID | None
) -> list[GiftStatement]:
    """The statements by member. member_id: only this member's."""
    perimeter = await find_perimeter(session, operation_id)
    periods = await list_gift_periods(session, operation_id)
    months = [Month(year, number) for number in range(1, 13)]
    months = [month for month in months if is_gift(periods, month)]
    if perimeter is None or not months:
        return []
    sales = await _sales(session, operation_id, months, perimeter, member_id=member_id)
    gifted = await asyncio.to_thread(gifted_months, sales)
    members = [key for key in sorted(gifted) if member_id in (None, key)]
    parties = await get_parties(session, members)
    today = today_in(session)
    missing = missing_months(perimeter.participations, sales, year=year, today=today)
    return [
        GiftStatement(
            operation_id=operation_id,
            operation_name=perimeter.name,
            organiser_name=perimeter.organiser_name,
            year=year,
            day=min(date(year, 12, 31), today),
            member_id=key,
            member=parties.get(key),
            months=gifted[key],
            missing=[month for month in missing if month in months],
        )
        for key in members
    ]


async def print_gift_statements(
    session: AsyncSession,
    operation_id: OperationId,
    year: int,
    *,
    member_id: UUID | None,
    language: Language,
) -> tuple[bytes, Sequence[UUID]]:
    """The PDF of a year's statements, and whose they are. Raises NothingGiven."""
    statements = await list_gift_statements(session, operation_id, year, member_id=member_id)
    if not statements:
        raise NothingGiven(f"Nobody gave or received energy of {operation_id} in {year}.")
    content = await asyncio.to_thread(render_gifts, statements, language)
    return content, [statement.member_id for statement in statements]


async def _sales(
    session: AsyncSession,
    operation_id: OperationId,
    months: Sequence[Month],
    perimeter: Perimeter,
    *,
    member_id: UUID | None,
) -> Mapping[Month, Sales]:
    """Read the settled months one after the other: a month of two thousand points is large."""
    participations = perimeter.participations
    prms = {
        participation.prm
        for participation in participations
        if participation.member_id == member_id
    }
    sales = {}
    for month in months:
        period = BillingPeriod.of(month)
        if member_id is None:
            settled = await map_settlements(session, operation_id, period)
            pairs_by_month = {key: settlement.pairs for key, settlement in settled.items()}
        else:
            pairs_by_month = await map_pairs(session, operation_id, period, prms=prms)
        for pairs in pairs_by_month.values():
            sales[month] = await asyncio.to_thread(find_sales, pairs, month.days, participations)
    return sales

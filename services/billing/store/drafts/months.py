"""All the facts that decide the invoices of a month or a quarter."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.corrections.standing import standing_lines
from services.billing.domain.drafts.drafting import MonthFacts, Settlement
from services.billing.domain.drafts.held_up import HeldUpDay
from services.billing.domain.gifts import is_gift
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.domain.prices.class_energies import add_tariff_classes
from services.billing.domain.prices.half_hours import NO_METERS
from services.billing.domain.prices.meter_hours import MeterTimeline
from services.billing.domain.prices.price_list import HourClass, PriceList
from services.billing.domain.prices.price_list.hour_classes import names_by_tariff_class
from services.billing.domain.prices.pricing import NO_HOURS, HoursByPair
from services.billing.domain.prices.sales import Perimeter
from services.billing.store.copies import find_perimeter, get_parties
from services.billing.store.corrections.corrections import get_policy
from services.billing.store.drafts.held_up import list_held_up_days
from services.billing.store.gifts import list_gift_periods
from services.billing.store.invoices.invoices import list_issued
from services.billing.store.prices.half_hours import find_by_hour, find_hours
from services.billing.store.prices.meter_hours import map_timelines
from services.billing.store.prices.prices import list_prices
from services.billing.store.settlements import (
    lock_settlements,
    map_settlements,
    read_settlements,
)
from services.billing.store.taxes.parties import (
    list_accise_regimes,
    map_profiles,
    read_accise_entry,
)
from services.billing.store.thresholds import get_thresholds


async def get_period_facts(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod, *, lock: bool = True
) -> list[MonthFacts]:
    """The facts of the months that must be drafted together with these, in order.

    A month on a quarterly invoice is drafted with its quarter. lock: settlements are locked first,
    so that these facts stay true for this transaction.
    """
    load = lock_settlements if lock else map_settlements
    settlements = await load(session, operation_id, BillingPeriod.quarter_of(period.months[0]))
    period, issued = await list_issued_together(session, operation_id, period)
    perimeter = await find_perimeter(session, operation_id)
    facts = await _gather(
        session,
        operation_id,
        period,
        settlements=settlements,
        perimeter=perimeter,
        issued=issued,
        prices=await list_prices(session, operation_id),
    )
    return [
        replace(
            month_facts,
            by_hour=await _find_by_hour(session, month_facts),
            held_up=await _list_held_up(session, month_facts),
        )
        for month_facts in facts
    ]


async def get_whole_month(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> MonthFacts:
    """Return the facts of a month as if none of it had been issued, for reading only."""
    period = BillingPeriod.of(month)
    [facts] = await _gather(
        session,
        operation_id,
        period,
        settlements=await map_settlements(session, operation_id, period),
        perimeter=await find_perimeter(session, operation_id),
        issued=(),
        prices=await list_prices(session, operation_id),
    )
    return facts


async def at_prices(session: AsyncSession, facts: MonthFacts, prices: PriceList) -> MonthFacts:
    """Return the facts of a sold month with another price list, and the hours that it asks for."""
    return await _with_hours(session, replace(facts, prices=prices, is_gift=False))


async def get_customer_facts(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    customers: AbstractSet[UUID],
) -> list[MonthFacts]:
    """The facts of these members' purchases, as ``get_period_facts``, but nothing is locked.

    Among consuming points, only these members' present and past ones are included, with all their
    holders. There are no energies by hour for pictures.
    """
    perimeter = await find_perimeter(session, operation_id)
    points = {
        participation.prm
        for participation in (perimeter.participations if perimeter else ())
        if participation.member_id in customers and participation.direction is Direction.CONSUMPTION
    }
    if perimeter is not None:
        perimeter = replace(
            perimeter,
            participations=[
                participation
                for participation in perimeter.participations
                if participation.direction is Direction.PRODUCTION or participation.prm in points
            ],
        )
    settlements = await read_settlements(
        session, operation_id, BillingPeriod.quarter_of(period.months[0]), consumers=points
    )
    period, issued = await list_issued_together(session, operation_id, period, customers)
    return await _gather(
        session,
        operation_id,
        period,
        settlements=settlements,
        perimeter=perimeter,
        issued=issued,
        prices=await list_prices(session, operation_id),
    )


async def _gather(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    *,
    settlements: Mapping[str, Settlement],
    perimeter: Perimeter | None,
    issued: Sequence[Invoice],
    prices: PriceList,
) -> list[MonthFacts]:
    members = (
        {participation.member_id for participation in perimeter.participations}
        if perimeter
        else set()
    )
    parties = await get_parties(session, members)
    policy = await get_policy(session, operation_id)
    thresholds = await get_thresholds(session, operation_id)
    accise = [read_accise_entry(row) for row in await list_accise_regimes(session, operation_id)]
    gifts = await list_gift_periods(session, operation_id)
    facts = [
        MonthFacts(
            operation_id=operation_id,
            month=month,
            settlement=settlements.get(str(month)),
            perimeter=perimeter,
            members=parties,
            prices=prices,
            issued=issued,
            profiles=await map_profiles(session, members, month.days[-1]),
            accise=accise,
            policy=policy,
            least_correction_cents=thresholds.correct_cents,
            is_gift=is_gift(gifts, month),
        )
        for month in period.months
    ]
    return [await _with_hours(session, month_facts) for month_facts in facts]


async def list_issued_together(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    customers: Collection[UUID] | None = None,
) -> tuple[BillingPeriod, list[Invoice]]:
    """The months that must be drafted together with these, and their issued documents.

    The caller holds the locks of their settlements, or only reads. customers: whose, None for
    those of all.
    """
    issued = await list_issued(session, operation_id, period, customers)
    standing = {line.document.id: line.document for line in standing_lines(issued)}.values()
    if all(_covers(period, document.period_from, document.period_to) for document in standing):
        return period, issued
    quarter = BillingPeriod.quarter_of(period.months[0])
    return quarter, await list_issued(session, operation_id, quarter, customers)


async def _with_hours(session: AsyncSession, facts: MonthFacts) -> MonthFacts:
    return replace(
        facts,
        hours=await _find_hours(session, facts),
        billed_hours=await _find_billed_hours(session, facts),
    )


async def _find_hours(session: AsyncSession, facts: MonthFacts) -> HoursByPair | None:
    """The hours of a month; None if not complete yet, or if no price depends on the hour."""
    month, prices, settlement = facts.month, facts.prices, facts.settlement
    billed = (
        line for document in facts.issued if document.overlaps([month]) for line in document.lines
    )
    if settlement is None or not (
        prices.needs_hours(month) or any(line.hour_class for line in billed)
    ):
        return None
    return await _hours_by(session, facts, settlement, prices)


async def _hours_by(
    session: AsyncSession, facts: MonthFacts, settlement: Settlement, prices: PriceList
) -> HoursByPair | None:
    """The energies by hour class: as the DSO gave them by its own, the rest by half-hour."""
    by_class: HoursByPair = NO_HOURS
    meters: Mapping[Prm, MeterTimeline] = NO_METERS
    if names := names_by_tariff_class(prices.hour_classes):
        by_class = await asyncio.to_thread(
            add_tariff_classes, settlement.pairs, settlement.points, facts.month.days, names
        )
        if all((pair.producer, pair.consumer) in by_class for pair in settlement.pairs):
            return by_class
        meters = await map_timelines(session, {pair.consumer for pair in settlement.pairs})
    number, month = settlement.block.number, facts.month
    by_half_hour = await find_hours(
        session, facts.operation_id, month, number=number, prices=prices, meters=meters
    )
    return None if by_half_hour is None else {**by_half_hour, **by_class}


async def _find_billed_hours(
    session: AsyncSession, facts: MonthFacts
) -> Mapping[tuple[HourClass, ...], HoursByPair]:
    """The hours by former hour classes; left out until all half-hours have arrived."""
    if facts.settlement is None:
        return {}
    hours_by_classes = {}
    for classes in facts.classes_billed:
        prices = facts.prices.with_classes(classes)
        hours = await _hours_by(session, facts, facts.settlement, prices)
        if hours is not None:
            hours_by_classes[classes] = hours
    return hours_by_classes


async def _find_by_hour(
    session: AsyncSession, facts: MonthFacts
) -> Mapping[tuple[Prm, Prm], Sequence[int]]:
    if facts.settlement is None:
        return {}
    number = facts.settlement.block.number
    return await find_by_hour(session, facts.operation_id, facts.month, number=number)


async def _list_held_up(session: AsyncSession, facts: MonthFacts) -> Sequence[HeldUpDay]:
    if facts.settlement is not None:
        return ()
    return await list_held_up_days(session, facts.operation_id, facts.month)


def _covers(period: BillingPeriod, first_day: date, end: date) -> bool:
    return period.first_day <= first_day and end <= period.end


async def lock_months_of(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Lock the settlements of these invoices' quarters, so that their drafts do not change."""
    lock = text("""
        SELECT number FROM settlement
        WHERE EXISTS (
            SELECT FROM invoice
            WHERE invoice.id = ANY (:ids)
                AND invoice.operation_id = settlement.operation_id
                AND settlement.month BETWEEN
                    to_char(date_trunc('quarter', period_from), 'YYYY-MM')
                    AND to_char(date_trunc('quarter', period_from) + interval '2 months', 'YYYY-MM')
        )
        ORDER BY operation_id, month
        FOR UPDATE
    """)
    await session.execute(lock, {"ids": list(ids)})

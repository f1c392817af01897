"""Routes for the months of a point: the page "my month" and its history, in one call each."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrMember
from libs.common.edge.days import MonthInPath
from libs.common.http import problems
from libs.common.ids import Direction, OperationIdField, Prm, PrmField
from services.allocation.api.dependencies import Session, least_points_of
from services.allocation.api.points import (
    ConsumingPoint,
    PointNotConsuming,
    find_point,
)
from services.allocation.domain.curves import Block, Curve, energy_of_day
from services.allocation.domain.days import DayStatus
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.policy import MissingReadings, OperationPolicy
from services.allocation.domain.months.carbon import Carbon, CarbonUnknown, carbon_of
from services.allocation.domain.months.point_months import (
    GroupMonth,
    MonthTotals,
    PointDay,
    is_group_visible,
    months_until,
    sun_tenths,
    totals_of,
)
from services.allocation.domain.months.producers import (
    Owner,
    Producer,
    list_producers,
    owners_of_plants,
)
from services.allocation.domain.months.reference import factors
from services.allocation.domain.plants import kinds_of_plants, plants_on
from services.allocation.schemas.point_months import (
    GroupOut,
    LastSettlementOut,
    MonthTotalsOut,
    PointMonthDaysOut,
    PointMonthOut,
    SunOut,
)
from services.allocation.store import days as day_store
from services.allocation.store import members, policies
from services.allocation.store import point_months as store
from services.allocation.store.copies import OperationUnknown

router = APIRouter(
    prefix="/operations/{operation_id}/points/{prm}/months", route_class=TokenFirstRoute
)


@dataclass(frozen=True)
class _MonthFacts:
    """The facts of a month, read in one snapshot. sunny: the days whose production may be shown."""

    point: ConsumingPoint
    month: Month
    statuses: Mapping[date, DayStatus]
    estimates_count: bool
    consumed: store.Blocks
    taken: Mapping[date, Mapping[Prm, IntArray]]
    sunny: Sequence[date]
    is_sun_withheld: bool
    produced: store.Blocks
    owners: Mapping[UUID, Owner]
    settlement: LastSettlementOut | None


@router.get(
    "",
    summary="List the months of a point",
    responses=problems(OperationUnknown, PointNotConsuming),
)
async def list_point_months(
    operation_id: OperationIdField,
    prm: PrmField,
    request: Request,
    session: Session,
    caller: StaffOrMember,
) -> list[PointMonthOut]:
    """A consuming point's months up to this one, in order, with its consumption and local energy.

    Members see their own points, while these are theirs; staff see all. `group` compares with all
    consumers: for members, if there are enough others (`PRIVACY_LEAST_POINTS`, as in explanations).
    """
    point = await find_point(session, caller, operation_id, prm)
    first = min(stay.valid_from for stay in point.visible_perimeter.participations)
    days = {month: point.days_in(month) for month in months_until(first, today_in(session))}
    every_day = [day for of_month in days.values() for day in of_month]
    allocated = await store.map_allocated_days(
        session, operation_id, every_day, prm, Direction.CONSUMPTION
    )
    totals = {
        month: MonthTotals.of([allocated[day] for day in of_month if day in allocated])
        for month, of_month in days.items()
    }
    least_points = least_points_of(request, await policies.get_policy(session, operation_id))
    groups = await _list_groups(session, point, days, least_points=least_points)
    settlements = await store.map_last_settlements(session, operation_id)
    return [
        PointMonthOut(
            month=str(month),
            days=len(of_month),
            totals=MonthTotalsOut.of(totals[month], _carbon(point, month, totals[month])),
            group=GroupOut.of(groups.get(month), totals[month], needs=least_points),
            settlement=_settlement_out(settlements.get(month)),
        )
        for month, of_month in days.items()
        if of_month
    ]


@router.get(
    "/{month}",
    summary="Show a month of a point, step by step",
    responses=problems(OperationUnknown, PointNotConsuming, MonthMalformed),
)
async def get_point_month(
    operation_id: OperationIdField,
    prm: PrmField,
    month: MonthInPath,
    *,
    request: Request,
    session: Session,
    caller: StaffOrMember,
) -> PointMonthDaysOut:
    """A consuming point's consumption by step, and its local energy: lists by local day.

    Members see their own points, while these are theirs; staff see all. An organiser sees a
    member's half-hours through ingest, which knows whether the member agreed. A day that is not
    allocated has a `status` that says why, and no `shared_wmin`. `sun` shows when the plants
    produce, by the rule of `/sunny-hours`: not those of few households, and never how much. `group`
    compares with all consumers, by the rule of `/explanations`.
    """
    point = await find_point(session, caller, operation_id, prm)
    policy = await policies.get_policy(session, operation_id)
    least_points = least_points_of(request, policy)
    days = {month: point.days_in(month)}
    groups = await _list_groups(session, point, days, least_points=least_points)
    facts = await _read_month(session, point, month, policy)
    group = groups.get(month)
    return await asyncio.to_thread(_answer, facts, group, least_points=least_points)


async def _read_month(
    session: AsyncSession, point: ConsumingPoint, month: Month, policy: OperationPolicy
) -> _MonthFacts:
    operation_id, days = point.visible_perimeter.operation_id, point.days_in(month)
    statuses = await day_store.list_month_days(session, point.visible_perimeter, month)
    plants = sorted({plant.prm for day in days for plant in plants_on(point.plants, day)})
    is_over = today_in(session) >= month.next_first_day
    sunny = _visible_days(point, month) if is_over else []
    settlements = await store.map_last_settlements(session, operation_id)
    return _MonthFacts(
        point=point,
        month=month,
        statuses={day.day: day.status for day in statuses},
        estimates_count=policy.missing_readings == MissingReadings.ESTIMATE,
        consumed=await store.list_blocks(
            session, operation_id, days, [point.prm], Direction.CONSUMPTION
        ),
        taken=await store.list_taken(session, operation_id, days, plants, point.prm),
        sunny=sunny,
        is_sun_withheld=is_over and bool(plants) and not sunny,
        produced=await store.list_blocks(
            session, operation_id, sunny, plants, Direction.PRODUCTION
        ),
        owners=await members.map_owners(session, owners_of_plants(point.plants)),
        settlement=_settlement_out(settlements.get(month)),
    )


def _visible_days(point: ConsumingPoint, month: Month) -> list[date]:
    """Return the month's days with plants if their whole production may be shown; else none."""
    if not point.is_production_visible(month):
        return []
    return [day for day in month.days if plants_on(point.plants, day)]


async def _list_groups(
    session: AsyncSession,
    point: ConsumingPoint,
    days: Mapping[Month, Sequence[date]],
    *,
    least_points: int,
) -> Mapping[Month, GroupMonth]:
    """Return the groups of the months in which they may be shown."""
    perimeter, viewer = point.perimeter, point.viewer
    group_days = {
        month: of_month
        for month, of_month in days.items()
        if viewer is None
        or is_group_visible(perimeter, of_month, viewer, least_points=least_points)
    }
    every_day = [day for of_month in group_days.values() for day in of_month]
    groups = await store.list_group_months(session, perimeter.operation_id, every_day)
    return {month: groups[month] for month in group_days}


def _answer(
    facts: _MonthFacts, group: GroupMonth | None, *, least_points: int
) -> PointMonthDaysOut:
    point, month = facts.point, facts.month
    days = [_day(facts, day) for day in point.days_in(month)]
    totals = totals_of(days)
    return PointMonthDaysOut.of(
        point.visible_perimeter.operation_id,
        point.prm,
        month,
        days,
        totals,
        carbon=_carbon(point, month, totals),
        group=group,
        needs=least_points,
        plants=_producers(facts),
        settlement=facts.settlement,
        sun=_sun(facts),
    )


def _carbon(point: ConsumingPoint, month: Month, totals: MonthTotals) -> Carbon | CarbonUnknown:
    kinds = kinds_of_plants(point.plants, point.days_in(month))
    return carbon_of(month, totals.shared_wmin, kinds, factors())


def _producers(facts: _MonthFacts) -> Mapping[Prm, Producer]:
    """Return the plants of the month; one that changes hands in it belongs to its last owner."""
    return {
        producer.stay.prm: producer
        for producer in list_producers(facts.point.plants, facts.owners)
        if any(producer.stay.covers(day) for day in facts.month.days)
    }


def _day(facts: _MonthFacts, day: date) -> PointDay:
    status = facts.statuses[day]
    step_min = facts.point.visible_perimeter.step_on(day)
    return PointDay(
        day=day,
        status=status,
        step_min=step_min,
        curve=_curve(facts, facts.consumed.get((day, facts.point.prm), ()), day, step_min),
        taken_wmin=facts.taken.get(day, {}) if status == DayStatus.ALLOCATED else {},
    )


def _sun(facts: _MonthFacts) -> SunOut:
    curves = {day: _production(facts, day) for day in facts.sunny}
    tenths = sun_tenths([(day, made) for day, made in curves.items() if made is not None])
    return SunOut(by_hour_tenths=tenths, withheld=facts.is_sun_withheld)


def _production(facts: _MonthFacts, day: date) -> IntArray | None:
    """Return the production of all plants on a day; None if readings are missing."""
    plants = facts.point.plants
    step_min = plants.step_on(day)
    curves = [
        _curve(facts, facts.produced.get((day, plant.prm), ()), day, step_min)
        for plant in plants_on(plants, day)
    ]
    if not all(curve.complete for curve in curves):
        return None
    total: IntArray = np.sum([curve.energy_wmin for curve in curves], axis=0)
    return total


def _curve(facts: _MonthFacts, blocks: Sequence[Block], day: date, step_min: int) -> Curve:
    """Return the curve as it counts in the allocation of the day."""
    return energy_of_day(blocks, day, step_min, with_estimates=facts.estimates_count)


def _settlement_out(settlement: store.LastSettlement | None) -> LastSettlementOut | None:
    return None if settlement is None else LastSettlementOut.model_validate(settlement)

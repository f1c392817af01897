"""Routes for the months of a point: all that "my month" and its history show, in one call each."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Principal, Role, TokenFirstRoute, refused
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import today_in
from libs.common.errors import Problem
from libs.common.http import problems
from libs.common.ids import Direction, OperationId, OperationIdField, Prm, PrmField
from services.allocation import access
from services.allocation.api.dependencies import ACCESS, MonthInPath, OwnMember, Session
from services.allocation.domain.curves import Block, Curve, energy_of_day
from services.allocation.domain.days import DayStatus
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.plants import is_production_told, plants_on
from services.allocation.domain.point_months import PointDay, months_until, sun_tenths
from services.allocation.domain.policy import MissingReadings
from services.allocation.schemas.point_months import (
    LastSettlementOut,
    MonthTotalsOut,
    PointMonthDaysOut,
    PointMonthOut,
    SunOut,
)
from services.allocation.store import days as day_store
from services.allocation.store import point_months as store
from services.allocation.store import policies
from services.allocation.store.copies import OperationUnknown

router = APIRouter(
    prefix="/operations/{operation_id}/points/{prm}/months", route_class=TokenFirstRoute
)


class PointNotConsuming(Problem):
    status, slug, title = 404, "point-not-consuming", "The point consumes nothing here"
    example_detail = "It never took part in ACC00000101 as a consumer, as far as is known here."


@dataclass(frozen=True)
class _Point:
    """A consuming point.

    own: the perimeter with nothing but the point's participations that the caller may see.
    plants: the perimeter with nothing but the plants.
    """

    prm: Prm
    own: Perimeter
    plants: Perimeter

    def days_in(self, month: Month) -> list[date]:
        return [day for day in month.days if self.own.participants_on(day)]


@dataclass(frozen=True)
class _MonthFacts:
    """What was read of a month, in one snapshot. sunny: the days whose production may be told."""

    point: _Point
    month: Month
    statuses: Mapping[date, DayStatus]
    estimates_count: bool
    consumed: store.Blocks
    taken: Mapping[date, Mapping[Prm, IntArray]]
    sunny: Sequence[date]
    is_sun_withheld: bool
    produced: store.Blocks
    settlement: LastSettlementOut | None


@router.get(
    "",
    summary="The months of a point",
    responses=problems(*ACCESS, OperationUnknown, PointNotConsuming),
)
async def list_point_months(
    operation_id: OperationIdField, prm: PrmField, session: Session, principal: OwnMember
) -> list[PointMonthOut]:
    """A consuming point's months up to this one, in order, with what was used and what was local.

    Members see their own points, while these are theirs; staff see all.
    """
    point = await _find_point(session, principal, operation_id, prm)
    first = min(stay.valid_from for stay in point.own.participations)
    days = {month: point.days_in(month) for month in months_until(first, today_in(session))}
    every_day = [day for of_month in days.values() for day in of_month]
    totals = await store.list_month_totals(session, operation_id, every_day, prm)
    settlements = await store.map_last_settlements(session, operation_id)
    return [
        PointMonthOut(
            month=str(month),
            days=len(of_month),
            totals=MonthTotalsOut.model_validate(totals[month]),
            settlement=_settlement_out(settlements.get(month)),
        )
        for month, of_month in days.items()
        if of_month
    ]


@router.get(
    "/{month}",
    summary="A month of a point, step by step",
    responses=problems(*ACCESS, OperationUnknown, PointNotConsuming, MonthMalformed),
)
async def get_point_month(
    operation_id: OperationIdField,
    prm: PrmField,
    month: MonthInPath,
    session: Session,
    principal: OwnMember,
) -> PointMonthDaysOut:
    """What a consuming point used in each step, and how much of it was local: lists by local day.

    Members see their own points, while these are theirs; staff see all. An organiser sees the
    half-hours of a member by ingest, which knows whether they agreed. A day that is not allocated
    has a `status` that says why, and no `shared_wmin`. `sun` tells when the plants produce, by the
    rule of `/sunny-hours`: not what few households produce, and never how much.
    """
    point = await _find_point(session, principal, operation_id, prm)
    days = point.days_in(month)
    statuses = await day_store.list_month_days(session, point.own, month)
    policy = await policies.get_policy(session, operation_id)
    plants = sorted({plant.prm for day in days for plant in plants_on(point.plants, day)})
    is_over = today_in(session) >= month.next_first_day
    sunny = _days_told(principal, point.plants, month) if is_over else []
    settlements = await store.map_last_settlements(session, operation_id)
    facts = _MonthFacts(
        point=point,
        month=month,
        statuses={day.day: day.status for day in statuses},
        estimates_count=policy.missing_readings == MissingReadings.ESTIMATE,
        consumed=await store.list_blocks(session, operation_id, days, [prm], Direction.CONSUMPTION),
        taken=await store.list_taken(session, operation_id, days, plants, prm),
        sunny=sunny,
        is_sun_withheld=is_over and bool(plants) and not sunny,
        produced=await store.list_blocks(
            session, operation_id, sunny, plants, Direction.PRODUCTION
        ),
        settlement=_settlement_out(settlements.get(month)),
    )
    return await asyncio.to_thread(_answer, facts)


async def _find_point(
    session: AsyncSession, principal: Principal, operation_id: OperationId, prm: Prm
) -> _Point:
    """Raises Forbidden for a point of somebody else, OperationUnknown, PointNotConsuming."""
    await store.begin_snapshot(session)
    _, perimeter = await access.get_noted_view(session, principal, operation_id)
    consuming = [
        stay
        for stay in perimeter.participations
        if stay.prm == prm and stay.direction == Direction.CONSUMPTION
    ]
    is_staff = Role.OPERATOR in principal.roles
    if not is_staff:
        consuming = [stay for stay in consuming if stay.member_id == principal.member_id]
    if not consuming and not is_staff:
        raise refused(principal, "Only your own points, while they are yours, are yours to see.")
    if not consuming:
        raise PointNotConsuming(f"It never took part in {operation_id} as a consumer.")
    plants = [stay for stay in perimeter.participations if stay.direction == Direction.PRODUCTION]
    return _Point(
        prm,
        own=replace(perimeter, participations=consuming),
        plants=replace(perimeter, participations=plants),
    )


def _days_told(principal: Principal, plants: Perimeter, month: Month) -> list[date]:
    """The month's days with plants, if all that these made may be told; else none."""
    days = [day for day in month.days if plants_on(plants, day)]
    if Role.OPERATOR in principal.roles:
        return days
    assert principal.member_id is not None, "a member has an id"
    is_told = all(is_production_told(plants, day, principal.member_id) for day in days)
    return days if is_told else []


def _answer(facts: _MonthFacts) -> PointMonthDaysOut:
    point = facts.point
    return PointMonthDaysOut.of(
        point.own.operation_id,
        point.prm,
        facts.month,
        [_day(facts, day) for day in point.days_in(facts.month)],
        settlement=facts.settlement,
        sun=_sun(facts),
    )


def _day(facts: _MonthFacts, day: date) -> PointDay:
    status = facts.statuses[day]
    step_min = facts.point.own.step_on(day)
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
    """Of all plants of a day; None where readings lack."""
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
    """As it counts in the allocation of the day."""
    usable = blocks if facts.estimates_count else [block.without_estimates for block in blocks]
    return energy_of_day(usable, day, step_min)


def _settlement_out(settlement: store.LastSettlement | None) -> LastSettlementOut | None:
    return None if settlement is None else LastSettlementOut.model_validate(settlement)

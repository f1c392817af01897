"""Routes for the months of a plant: its production by day, and the part that was taken."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.clock import today_in
from libs.common.database import Database
from libs.common.edge.callers import StaffOrMember
from libs.common.edge.days import MonthInPath
from libs.common.http import problems
from libs.common.ids import Direction, OperationIdField, Prm, PrmField
from services.allocation.api.dependencies import OwnDatabase, Session, least_points_of
from services.allocation.api.points import OwnPoint, PointNotProducing, find_plant
from services.allocation.domain.curves import energy_of_day
from services.allocation.domain.days import MonthDay
from services.allocation.domain.keys.policy import MissingReadings, OperationPolicy
from services.allocation.domain.months.plant_months import (
    PlantDay,
    PlantTotals,
    are_sales_visible,
    viewers_of_sales,
)
from services.allocation.domain.months.point_months import months_until
from services.allocation.schemas.plant_months import (
    PlantMonthDaysOut,
    PlantMonthOut,
    PlantTotalsOut,
)
from services.allocation.schemas.point_months import LastSettlementOut
from services.allocation.store import days as day_store
from services.allocation.store import policies
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.point_months import (
    list_blocks,
    map_allocated_days,
    map_last_settlements,
    map_takers,
)
from services.allocation.store.privacy.told_days import record_first_shown

router = APIRouter(
    prefix="/operations/{operation_id}/plants/{plant_prm}/months", route_class=TokenFirstRoute
)


@router.get(
    "",
    summary="List the months of a plant",
    responses=problems(OperationUnknown, PointNotProducing),
)
async def list_plant_months(
    operation_id: OperationIdField, plant_prm: PrmField, session: Session, caller: StaffOrMember
) -> list[PlantMonthOut]:
    """A producing point's months up to this one, in order: produced, taken, left over.

    Members see their own plants, while these are theirs; staff see all. Members see the energy
    taken once the month is settled: before, the change of the sum would reveal that of a day. For
    the current month, `/{month}` shows what may be shown.
    """
    plant = await find_plant(session, caller, operation_id, plant_prm)
    first = min(stay.valid_from for stay in plant.visible_perimeter.participations)
    days = {month: plant.days_in(month) for month in months_until(first, today_in(session))}
    every_day = [day for of_month in days.values() for day in of_month]
    allocated = await map_allocated_days(
        session, operation_id, every_day, plant_prm, Direction.PRODUCTION
    )
    settlements = await map_last_settlements(session, operation_id)
    return [
        PlantMonthOut(
            month=str(month),
            days=len(of_month),
            totals=PlantTotalsOut.of(
                PlantTotals.of([allocated[day] for day in of_month if day in allocated]),
                withheld=plant.viewer is not None and month not in settlements,
            ),
            settlement=LastSettlementOut.model_validate(settlements[month])
            if month in settlements
            else None,
        )
        for month, of_month in days.items()
        if of_month
    ]


@router.get(
    "/{month}",
    summary="Show a month of a plant, day by day",
    responses=problems(OperationUnknown, PointNotProducing, MonthMalformed),
)
async def get_plant_month(
    operation_id: OperationIdField,
    plant_prm: PrmField,
    month: MonthInPath,
    *,
    request: Request,
    database: OwnDatabase,
    caller: StaffOrMember,
) -> PlantMonthDaysOut:
    """A producing point's production by day, and the energy that the operation's consumers took.

    Members see their own plants, while these are theirs; staff see all. Members see the energy
    taken by day by the rule of `/explanations`, for all days of the month or none (`withheld`); the
    sums of a settled month are always shown.
    """
    async with database.transaction() as session:
        plant = await find_plant(session, caller, operation_id, plant_prm)
        policy = await policies.get_policy(session, operation_id)
        least_points = least_points_of(request, policy)
        month_days = await day_store.list_month_days(session, plant.visible_perimeter, month)
        days = await _list_days(session, plant, month_days, policy)
        shared = {day.day for day in days if day.shared_wmin is not None}
        shared_days = [month_day for month_day in month_days if month_day.day in shared]
        takers = await map_takers(session, operation_id, sorted(shared), plant_prm)
        settlement = (await map_last_settlements(session, operation_id)).get(month)
    sales = _Sales(plant, shared_days, takers, least_points)
    return PlantMonthDaysOut.of(
        operation_id,
        plant_prm,
        month,
        days,
        withheld=not await sales.are_visible(database),
        needs=least_points,
        settlement=LastSettlementOut.model_validate(settlement) if settlement else None,
    )


async def _list_days(
    session: AsyncSession, plant: OwnPoint, month_days: Sequence[MonthDay], policy: OperationPolicy
) -> list[PlantDay]:
    """month_days: the days of a month on which the plant takes part."""
    operation_id, days = (
        plant.visible_perimeter.operation_id,
        [month_day.day for month_day in month_days],
    )
    statuses = {month_day.day: month_day.status for month_day in month_days}
    allocated = await map_allocated_days(
        session, operation_id, days, plant.prm, Direction.PRODUCTION
    )
    waiting = [day for day in days if day not in allocated]
    blocks = await list_blocks(session, operation_id, waiting, [plant.prm], Direction.PRODUCTION)
    estimates_count = policy.missing_readings == MissingReadings.ESTIMATE

    def plant_day(day: date) -> PlantDay:
        if day in allocated:
            return PlantDay(day, statuses[day], *allocated[day])
        of_day, step_min = blocks.get((day, plant.prm), ()), plant.visible_perimeter.step_on(day)
        # As far as it is measured, as it would count in the allocation of the day.
        made = energy_of_day(of_day, day, step_min, with_estimates=estimates_count)
        made_wmin = None if made.missing.all() else int(made.energy_wmin.sum())
        return PlantDay(day, statuses[day], made_wmin, None)

    return await asyncio.to_thread(lambda: [plant_day(day) for day in days])


@dataclass(frozen=True)
class _Sales:
    """The energy that the operation's consumers took from a plant, on allocated days."""

    plant: OwnPoint
    month_days: Sequence[MonthDay]
    takers: Mapping[date, Collection[Prm]]
    least_points: int

    async def are_visible(self, database: Database) -> bool:
        """Whether the caller may see them; keeps the points over which they are shown (ADR 29).

        The month was read in a snapshot, which does not show what other requests keep meanwhile.
        So this takes a transaction of its own: of requests at once, the first one's points stand.
        """
        viewer, days = self.plant.viewer, [month_day.day for month_day in self.month_days]
        if viewer is None:
            return True
        viewers = await asyncio.to_thread(
            viewers_of_sales, self.plant.perimeter, days, viewer, least_points=self.least_points
        )
        if not are_sales_visible(viewers, self.takers):
            return False
        now = {
            month_day.day: month_day.without_gaps(viewers[month_day.day].owners)
            for month_day in self.month_days
            if viewers[month_day.day].is_one_of_many
        }
        async with database.transaction() as session:
            first_shown = await record_first_shown(
                session, self.plant.visible_perimeter.operation_id, now
            )
        compared = {day: viewers[day].after(first_shown[day], now[day]) for day in now}
        return are_sales_visible({**viewers, **compared}, self.takers)

"""Routes for a point's energies by day and by month."""

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.curve_consents import Granularity
from libs.common.edge.callers import AnyPerson
from libs.common.http import problems
from libs.common.ids import Direction, PrmField
from services.ingest import access
from services.ingest.api.dependencies import PeriodInQuery, Session
from services.ingest.api.points import REFUSALS
from services.ingest.domain.privacy.energies import daily_energies
from services.ingest.domain.privacy.retention import MonthlyEnergy, MonthOfPoint
from services.ingest.domain.problems import PointUnknown
from services.ingest.domain.readings.coverage import Participation
from services.ingest.schemas.privacy import DailyEnergyOut, MonthlyEnergyOut
from services.ingest.store.privacy import monthly_energies as energy_store
from services.ingest.store.readings import blocks as block_store

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/points/{prm}/daily-energies", summary="List the daily energies of a point", responses=REFUSALS
)
async def get_daily_energies(
    *,
    prm: PrmField,
    period: PeriodInQuery,
    direction: Direction | None = None,
    caller: AnyPerson,
    session: Session,
) -> list[DailyEnergyOut]:
    """Sums of the load curve over the local days `[from_day, to_day)`, at most 400 of them.

    For the same callers on the same days as the load curve. An organiser needs a lesser consent: a
    member who shares days need not share steps. Days without any reading are left out. Each access
    is recorded.
    """
    scope = await access.get_shared_scope(session, caller, prm, Granularity.DAILY)
    from_day, to_day = period.from_day, period.to_day
    await access.note_reading(session, caller, scope, prm=prm, from_day=from_day, to_day=to_day)
    blocks = await block_store.list_latest(
        session, prm, direction=direction, from_day=from_day, to_day=to_day
    )
    visible = access.visible_blocks(blocks, scope)
    return [
        DailyEnergyOut.of(energy) for energy in await asyncio.to_thread(daily_energies, visible)
    ]


@router.get(
    "/points/{prm}/monthly-energies",
    summary="List the monthly energies kept from purged load curves",
    responses=problems(PointUnknown),
)
async def list_monthly_energies(
    prm: PrmField, caller: AnyPerson, session: Session
) -> list[MonthlyEnergyOut]:
    """A sum for each month whose curve was purged; it explains old invoices.

    In order of direction and month. Staff see all; organisers and members see months whose
    summed days are all in their participations. No consent is needed: the sums were invoiced.
    """
    scope = await access.get_scope(session, caller, prm)
    energies = await energy_store.map_monthly_energies(session, [prm])
    return [
        MonthlyEnergyOut.of(*month_energy)
        for month_energy in energies.items()
        if scope.participations is None or _is_covered(*month_energy, scope.participations)
    ]


def _is_covered(
    month: MonthOfPoint, energy: MonthlyEnergy, participations: Sequence[Participation]
) -> bool:
    return all(
        any(
            participation.covers_day(month.direction, month.month.replace(day=day))
            for participation in participations
        )
        for day in energy.days
    )

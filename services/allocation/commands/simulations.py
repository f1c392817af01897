"""Request a what-if, cancel it, or draft a key that it proposes; it changes nothing by itself."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import steps_in_day
from libs.common.clock import now_in
from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.commands.keys import draft_key
from services.allocation.commands.simulated_curves import (
    curves_of_csv,
    days_of,
)
from services.allocation.domain.keys.versions import KeyVersion
from services.allocation.domain.simulations import check_size, check_sun_known, no_keys_in_force
from services.allocation.domain.simulations.period import DayGap, SimulatedPeriod, missing_readings
from services.allocation.domain.simulations.states import SimulationState
from services.allocation.schemas.simulations import (
    CurvesIn,
    ProfilesIn,
    PvgisHours,
    ReadingsIn,
    ResultOut,
    SimulationIn,
)
from services.allocation.store import copies, simulations
from services.allocation.tables import SimulationRow

_MOST_UNDER_WAY = 5  # of one operation: they are run one after the other, for everybody


class TooManySimulations(Problem):
    status, slug, title = 409, "too-many-simulations", "Too many simulations are under way"
    example_detail = "5 simulations of the operation are under way: wait, or cancel one."


class SimulationNotDone(Problem):
    status, slug, title = 409, "simulation-not-done", "The simulation has no result"
    example_detail = "The simulation is running."
    example_facts: ClassVar = {"state": "running"}


class ProposalUnknown(Problem):
    status, slug, title = 404, "proposal-unknown", "There is no such proposal"
    example_detail = "The simulation has 2 proposals."


async def ask_simulation(
    session: AsyncSession, simulation_request: SimulationIn, *, asked_by: str, pvgis: PvgisHours
) -> SimulationRow:
    """Check everything that can be checked at once, and queue the computation.

    Raises the refusals of ``load_curves``, of keys and scenarios, SunUnknown, SimulationTooLarge
    or TooManySimulations.
    """
    if (
        await simulations.count_under_way(session, simulation_request.operation_id)
        >= _MOST_UNDER_WAY
    ):
        raise TooManySimulations(
            f"{_MOST_UNDER_WAY} simulations of the operation are under way: wait, or cancel one."
        )
    await _check(session, simulation_request)
    request = simulation_request.model_dump(mode="json", exclude={"base": {"curves_csv"}})
    row = SimulationRow(
        id=uuid4(),
        operation_id=simulation_request.operation_id,
        asked_by=asked_by,
        asked_at=now_in(session),
        request=request,
        curves_csv=simulation_request.base.curves_csv
        if isinstance(simulation_request.base, CurvesIn)
        else None,
        pvgis=[{"site": list(site), "w_per_kwp": hours.tolist()} for site, hours in pvgis.items()],
        state=SimulationState.QUEUED,
        attempt=0,
        parts_done=0,
        parts_total=0,
    )
    await simulations.add_simulation(session, row)
    return row


async def _check(session: AsyncSession, request: SimulationIn) -> None:
    match request.base:
        case ReadingsIn() as base:
            days = days_of(base)
            perimeter = await copies.get_perimeter(session, request.operation_id)
            period = await asyncio.to_thread(SimulatedPeriod, perimeter, days)
            producers = period.points(Direction.PRODUCTION)
            consumers = period.points(Direction.CONSUMPTION)
            await asyncio.to_thread(_check_study, request, period.steps, producers, consumers)
            if base.missing_readings == "refuse":
                await _check_readings(session, request.operation_id, base, period)
        case CurvesIn() as base:
            curves = await asyncio.to_thread(curves_of_csv, base)
            sides = list(curves.productions), list(curves.consumptions)
            await asyncio.to_thread(_check_study, request, curves.steps, *sides)
        case ProfilesIn() as base:
            steps = sum(steps_in_day(day, base.step_min) for day in days_of(base))
            producers = [plant.prm for plant in base.plants]
            consumers = [consumer.prm for consumer in base.consumers]
            await asyncio.to_thread(_check_study, request, steps, producers, consumers)


def _check_study(
    request: SimulationIn, steps: int, producers: Sequence[Prm], consumers: Sequence[Prm]
) -> None:
    if request.needs_sun():
        check_sun_known()
    study = request.study(None)
    for scenario in study.scenarios:
        if scenario.key is None and not isinstance(request.base, ReadingsIn):
            raise no_keys_in_force(scenario.name)
        scenario.check(producers, consumers)
    study.searched()
    check_size(study, steps=steps, producers=len(producers), consumers=len(consumers))


async def _check_readings(
    session: AsyncSession, operation_id: OperationId, base: ReadingsIn, period: SimulatedPeriod
) -> None:
    """Refuse days without any reading at once; the run finds single missing steps."""
    present = await simulations.list_participants_with_readings(
        session, operation_id, base.from_day, base.to_day
    )
    if absent := period.participant_days - present:
        raise missing_readings(
            [DayGap(day, *participant, period.steps_on(day)) for day, participant in absent]
        )


async def cancel_simulation(session: AsyncSession, simulation_id: UUID) -> SimulationRow:
    await simulations.end_cancelled(session, simulation_id)
    return await simulations.get_simulation(session, simulation_id)


def result_of(row: SimulationRow) -> ResultOut:
    """Raises SimulationNotDone."""
    if row.result is None:
        raise SimulationNotDone(f"The simulation is {row.state}.", state=row.state)
    return ResultOut.model_validate(row.result)


async def draft_proposal(
    session: AsyncSession,
    row: SimulationRow,
    number: int,
    *,
    valid_from: date,
    valid_to: date | None,
    by: str,
) -> KeyVersion:
    """Draft a proposal as a key; its id is derived from the proposal, so once is enough.

    Raises SimulationNotDone, ProposalUnknown, KeyNotADraft, KeyNeverInForce.
    """
    proposals = result_of(row).proposals
    if number > len(proposals):
        raise ProposalUnknown(f"The simulation has {len(proposals)} proposals.")
    return await draft_key(
        session,
        OperationId(row.operation_id),
        uuid5(row.id, f"proposal {number}"),
        valid_from=valid_from,
        valid_to=valid_to,
        definition=proposals[number - 1].definition,
        poll_id=None,
        title=None,
        by=by,
    )

"""Run requested simulations: one attempt, from its row to its end."""

import threading
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from services.allocation.commands.simulated_curves import BaseCurves, load_curves
from services.allocation.domain.simulations import count_ticks, simulate
from services.allocation.domain.simulations.states import SimulationFailure
from services.allocation.schemas.simulations import (
    PlantSite,
    PvgisHours,
    ResultOut,
    SimulationIn,
    Steps,
)
from services.allocation.store import simulations

_MOST_ATTEMPTS = 3
_LONGEST_S = 150.0  # a round, with its loading and a search, that takes 300 turns /health red

_log = structlog.get_logger(__name__)


class SimulationTooLong(Problem):
    status, slug, title = 409, "simulation-too-long", "The simulation takes too long"


class SimulationGivenUp(Problem):
    status, slug, title = 500, "simulation-given-up", "The simulation ended the process each time"


@dataclass(frozen=True)
class Job:
    """One attempt at a simulation; request and pvgis as stored."""

    simulation_id: UUID
    attempt: int
    request: dict[str, Any]
    pvgis: list[Any]


@dataclass(frozen=True, eq=False)
class SimulationWork:
    """The inputs of an attempt."""

    request: SimulationIn
    pvgis: PvgisHours
    base: BaseCurves


async def begin_simulation(session: AsyncSession, simulation_id: UUID) -> Job | None:
    """Begin an attempt at a claimed simulation; None if it is over, or given up after crashes."""
    row = await simulations.begin_attempt(session, simulation_id)
    if row is None:
        return None
    if row.attempt > _MOST_ATTEMPTS:
        problem = SimulationGivenUp("Take a shorter period or fewer points.")
        await simulations.end_failed(session, row.id, row.attempt, _failure(problem))
        return None
    request = row.request
    if row.curves_csv is not None:
        request = {**request, "base": {**request["base"], "curves_csv": row.curves_csv}}
    return Job(row.id, row.attempt, request, row.pvgis)


async def load_work(session: AsyncSession, job: Job) -> SimulationWork:
    """Raises the refusals of ``load_curves``."""
    request = SimulationIn.model_validate(job.request)
    pvgis = {
        PlantSite(*hours_of_site["site"]): np.array(hours_of_site["w_per_kwp"])
        for hours_of_site in job.pvgis
    }
    return SimulationWork(request, pvgis, await load_curves(session, request, pvgis))


class Watch:
    """The state that the event loop and the computing thread share."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._stopping = threading.Event()
        self._until_s = time.monotonic() + _LONGEST_S

    def stop(self) -> None:
        self._stopping.set()

    def tick(self) -> None:
        """Raises Stopped, SimulationTooLong."""
        self.done += 1
        if self._stopping.is_set():
            raise Stopped
        if time.monotonic() > self._until_s:
            raise SimulationTooLong("Take a shorter period, a longer step, or fewer scenarios.")


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants the result any more."""


def compute(work: SimulationWork, watch: Watch) -> ResultOut | None:
    """Compute the result, in a thread; None when it was stopped."""
    curves = work.base.curves
    try:
        # A plant takes a second or two a year: the simulation may be stopped before each.
        steps = Steps(curves.step_min, curves.starts_epoch_min, work.pvgis, watch.tick)
        study = work.request.study(steps)
        ticks_made = watch.done
        watch.total = ticks_made + count_ticks(
            study,
            steps=curves.steps,
            producers=len(curves.productions),
            consumers=len(curves.consumptions),
        )
        return ResultOut.of(simulate(curves, study, watch.tick))
    except Stopped:
        return None


async def note_progress(session: AsyncSession, job: Job, watch: Watch) -> bool:
    """Save the progress; return whether anybody still wants the result.

    The total is an estimate.
    """
    return await simulations.note_progress(
        session,
        job.simulation_id,
        job.attempt,
        done=min(watch.done, watch.total),
        total=watch.total,
    )


async def finish_simulation(
    session: AsyncSession, job: Job, result: ResultOut, *, missing_steps: int, parts: int
) -> None:
    """Store the result, unless the simulation was cancelled, deleted or taken over meanwhile."""
    await simulations.end_done(
        session,
        job.simulation_id,
        job.attempt,
        result=result.model_dump(mode="json"),
        missing_steps=missing_steps,
        parts=parts,
    )


async def fail_simulation(session: AsyncSession, job: Job, error: Exception) -> None:
    if not isinstance(error, Problem):
        _log.error("simulation failed", id=str(job.simulation_id), error=type(error).__name__)
    await simulations.end_failed(session, job.simulation_id, job.attempt, _failure(error))


def _failure(error: Exception) -> SimulationFailure:
    if isinstance(error, Problem):
        return SimulationFailure(error.type_uri, error.title, error.detail)
    # Its text may hold personal data.
    detail = f"This is our mistake; it has been logged ({type(error).__name__})."
    return SimulationFailure("/problems/bug", "Internal error", detail)

"""The base curves of a simulation, from whatever source."""

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import YEARS
from libs.common.ids import OperationId
from services.allocation.domain.curve_file import CurvesRefused, read_curve_file
from services.allocation.domain.curves import Block, starts_of_day
from services.allocation.domain.keys import SharingKey
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.simulations import MOST_VALUES, Curves
from services.allocation.domain.simulations.local_time import local_years
from services.allocation.domain.simulations.period import SimulatedPeriod, missing_readings
from services.allocation.schemas.simulations import (
    CurvesIn,
    ProfilesIn,
    PvgisHours,
    ReadingsIn,
    SimulationIn,
    Steps,
)
from services.allocation.schemas.simulations.studies import energies
from services.allocation.store import copies
from services.allocation.store.keys.in_force import list_ruling_keys
from services.allocation.store.stale import OperationDay

_BATCH_DAYS = 16


@dataclass(frozen=True, eq=False)
class BaseCurves:
    curves: Curves
    missing_steps: int = 0


async def load_curves(
    session: AsyncSession, request: SimulationIn, pvgis: PvgisHours
) -> BaseCurves:
    """Raises OperationUnknown, ReadingsMissing, CurvesRefused, EnergyNotWhole, ScenarioInvalid."""
    match request.base:
        case ReadingsIn() as base:
            return await _from_readings(session, request.operation_id, base)
        case CurvesIn() as base:
            return BaseCurves(await asyncio.to_thread(curves_of_csv, base))
        case ProfilesIn() as base:
            return BaseCurves(await asyncio.to_thread(_curves_of_profiles, base, pvgis))


def days_of(base: ReadingsIn | ProfilesIn) -> list[date]:
    return [base.from_day + timedelta(days=i) for i in range((base.to_day - base.from_day).days)]


def curves_of_csv(base: CurvesIn) -> Curves:
    """Raises CurvesRefused, EnergyNotWhole."""
    try:
        text = pl.read_csv(io.StringIO(base.curves_csv), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise CurvesRefused("The curves are not CSV.") from error
    file_curves = read_curve_file(
        text, name="curves_csv", step_min=base.step_min, most_values=MOST_VALUES
    )
    grid = file_curves.grid
    years = local_years(grid.starts_epoch_min[[0, -1]]).tolist()
    if not all(year in YEARS for year in years):
        raise CurvesRefused(f"The curves are not in the years {YEARS.start} to {YEARS.stop - 1}.")
    return Curves(
        grid.steps_min, grid.starts_epoch_min, file_curves.productions, file_curves.consumptions
    )


async def _from_readings(
    session: AsyncSession, operation_id: OperationId, base: ReadingsIn
) -> BaseCurves:
    days = days_of(base)
    perimeter = await copies.get_perimeter(session, operation_id)
    period = SimulatedPeriod(perimeter, days)
    for first in range(0, len(days), _BATCH_DAYS):
        batch = [(operation_id, day) for day in days[first : first + _BATCH_DAYS]]
        blocks = await copies.list_reading_blocks(session, batch)
        ruling = await list_ruling_keys(session, batch, {operation_id: perimeter})
        keys = {operation_day: day_key.key for operation_day, day_key in ruling.items()}
        await asyncio.to_thread(_fill, period, batch, blocks, keys)
    if period.gaps and base.missing_readings == "refuse":
        raise missing_readings(period.gaps)
    return BaseCurves(period.curves(), period.missing_steps)


def _fill(
    period: SimulatedPeriod,
    batch: Sequence[OperationDay],
    blocks: Mapping[OperationDay, Mapping[Participant, Sequence[Block]]],
    keys: Mapping[OperationDay, SharingKey],
) -> None:
    for operation_day in batch:
        period.fill(operation_day[1], blocks.get(operation_day, {}), keys.get(operation_day))


def _curves_of_profiles(base: ProfilesIn, pvgis: PvgisHours) -> Curves:
    starts = np.concatenate([starts_of_day(day, base.step_min) for day in days_of(base)])
    steps = Steps(np.full(len(starts), base.step_min), starts, pvgis)
    return Curves(
        step_min=steps.step_min,
        starts_epoch_min=starts,
        productions=energies(base.plants, steps),
        consumptions=energies(base.consumers, steps),
    )

"""The past of an operation from a file of curves."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from libs.common.calendar import local_day, steps_in_day
from libs.common.ids import Prm
from services.allocation.domain.curve_file import FileCurves, StepGrid
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.forecasts.forecast import DayEnergies, PastEnergies
from services.allocation.domain.kernels import IntArray


def past_of_curves(curves: FileCurves) -> PastEnergies:
    """Cut the curves into local days; a day that begins before them, or ends after, is left out."""
    places = _whole_days(curves.grid)
    return PastEnergies(
        curves.grid.step_min,
        _by_day(curves.productions, places),
        _by_day(curves.consumptions, places),
    )


def _whole_days(grid: StepGrid) -> dict[date, slice]:
    places: dict[date, slice] = {}
    day = local_day(datetime.fromtimestamp(grid.start_epoch_min * 60, UTC))
    while True:
        since_start_min = int(starts_of_day(day, grid.step_min)[0]) - grid.start_epoch_min
        first = since_start_min // grid.step_min
        end = first + steps_in_day(day, grid.step_min)
        if end > grid.steps:
            return places
        if first >= 0:
            places[day] = slice(first, end)
        day += timedelta(days=1)


def _by_day(
    energies: Mapping[Prm, IntArray], places: Mapping[date, slice]
) -> dict[Prm, DayEnergies]:
    return {
        prm: {day: energy[place] for day, place in places.items()}
        for prm, energy in energies.items()
    }

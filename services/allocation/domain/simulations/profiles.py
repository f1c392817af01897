"""Consumers without a meter yet: a rough shape of the year, scaled to their annual energy.

The shapes are our own estimates, in whole parts, of how such places use electricity by hour, day
and month. Two consumers of one profile are alike to the minute, so real ones will coincide less.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from libs.common.calendar import day_start
from libs.common.day_kinds import DayKind
from services.allocation.domain.kernels import IntArray, scale
from services.allocation.domain.keys.schedules import LocalTimes
from services.allocation.domain.simulations.local_time import local_years


class Profile(StrEnum):
    HOUSEHOLD = "household"
    SHOP = "shop"
    OFFICE = "office"  # a town hall too
    SCHOOL = "school"


@dataclass(frozen=True)
class _Shape:
    """Relative power by local hour, for three kinds of days, and by month, in percent."""

    working_day: tuple[int, ...]
    saturday: tuple[int, ...]
    sunday: tuple[int, ...]  # and public holidays
    month_percent: tuple[int, ...]


_HOME_AT_WORK = (30, 26, 24, 24, 25, 32, 52, 66, 58, 48, 45, 47, 56, 52, 45, 43, 46, 56, 74, 90)
_HOME_AT_HOME = (32, 28, 26, 25, 25, 28, 36, 50, 66, 72, 70, 72, 80, 74, 64, 58, 56, 62, 76, 90)
_EVENING = (88, 74, 56, 40)
_OPEN_9_TO_19 = (*[18] * 7, 30, 60, *[95] * 3, 85, 85, *[95] * 4, 85, 45, *[18] * 4)
_OPEN_8_TO_18 = (*[15] * 6, 25, 55, *[95] * 4, 75, 85, *[95] * 3, 70, 35, *[15] * 5)
_SCHOOL_DAY = (*[12] * 6, 25, 60, *[90] * 4, 100, 80, *[85] * 2, 60, 40, 25, *[12] * 5)

_SHAPES = {
    Profile.HOUSEHOLD: _Shape(
        working_day=(*_HOME_AT_WORK, *_EVENING),
        saturday=(*_HOME_AT_HOME, *_EVENING),
        sunday=(*_HOME_AT_HOME, *_EVENING),
        month_percent=(132, 126, 112, 98, 86, 78, 76, 74, 82, 94, 114, 130),
    ),
    Profile.SHOP: _Shape(
        working_day=_OPEN_9_TO_19,
        saturday=_OPEN_9_TO_19,
        sunday=(18,) * 24,
        month_percent=(106, 104, 100, 95, 94, 98, 104, 100, 96, 96, 100, 110),
    ),
    Profile.OFFICE: _Shape(
        working_day=_OPEN_8_TO_18,
        saturday=(15,) * 24,
        sunday=(15,) * 24,
        month_percent=(118, 115, 106, 96, 90, 92, 94, 84, 92, 98, 106, 112),
    ),
    Profile.SCHOOL: _Shape(
        working_day=_SCHOOL_DAY,
        saturday=(12,) * 24,
        sunday=(12,) * 24,
        month_percent=(128, 118, 116, 92, 96, 94, 44, 30, 102, 110, 124, 116),
    ),
}


def profile_energy(
    profile: Profile, annual_wmin: int, starts_epoch_min: IntArray, step_min: int
) -> IntArray:
    """Return the energy of each step in watt-minutes; a whole calendar year sums to annual_wmin.

    starts_epoch_min: in order, on whole steps of the local day. Weekdays and public holidays (which
    count as Sundays) are those of the year.
    """
    energy = np.zeros(len(starts_epoch_min), dtype=np.int64)
    years = local_years(starts_epoch_min)
    for year in np.unique(years):
        first, end = (_epoch_min(date(int(year) + more, 1, 1)) for more in (0, 1))
        whole_year = np.arange(first, end, step_min, dtype=np.int64)
        weight = np.cumsum(_weights(_SHAPES[profile], whole_year))
        # Cumulative rounding (docs/adr/0004): no watt-minute of the year is lost.
        cumulative_wmin = scale(weight, np.array([annual_wmin]), np.int64(weight[-1]))
        year_wmin = np.diff(cumulative_wmin, prepend=0)
        is_in_year = years == year
        energy[is_in_year] = year_wmin[(starts_epoch_min[is_in_year] - first) // step_min]
    return energy


def _weights(shape: _Shape, starts_epoch_min: IntArray) -> IntArray:
    times = LocalTimes.of(starts_epoch_min)
    hour = times.minute // 60
    weight_by_day = np.select(
        [times.are_of(DayKind.SUN) | times.holiday, times.are_of(DayKind.SAT)],
        [np.array(shape.sunday)[hour], np.array(shape.saturday)[hour]],
        np.array(shape.working_day)[hour],
    )
    weights: IntArray = (weight_by_day * np.array(shape.month_percent)[times.month - 1]).astype(
        np.int64
    )
    return weights


def _epoch_min(day: date) -> int:
    return int(day_start(day).timestamp()) // 60

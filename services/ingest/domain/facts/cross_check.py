"""Curves against what counters and invoices say of the same days.

A curve is a mean power at each step, an index a separate counter: they differ a little, and by far
more where steps are lost, read in a wrong unit or for a wrong point (domain: §2.8, R17).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from libs.common.calendar import PARIS, day_minutes
from libs.common.ids import Direction, Prm
from services.ingest.domain.readings.blocks import Block

_GRID_MIN = 5  # every step that meters use is a multiple of it
_MISSING = -1


class MeteredSeries(NamedTuple):
    """The energy that crosses a point in one direction."""

    prm: Prm
    direction: Direction


class CheckedSource(StrEnum):
    INDEX = "index"
    INVOICED = "invoiced"


class Verdict(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    INCOMPLETE = "incomplete"  # steps of the curve are missing: nothing can be concluded
    WENT_BACK = "went_back"  # the counter went back, as when a meter is replaced


@dataclass(frozen=True)
class Tolerance:
    """The difference allowed to a curve: the greater of the two."""

    percent: float  # of the energy of the counter or the invoice
    least_wh: int

    def of_wmin(self, reference_wmin: int) -> int:
        return max(self.least_wh * 60, int(abs(reference_wmin) * self.percent / 100))


@dataclass(frozen=True, order=True)
class Reference:
    """An energy that does not come from the curve, over local days ``[from_day, to_day)``."""

    prm: Prm
    direction: Direction
    source: CheckedSource
    from_day: date
    to_day: date
    energy_wh: int


@dataclass(frozen=True)
class Check:
    """A reference beside the curve of the same days."""

    reference: Reference
    curve_wmin: int
    missing_min: int
    verdict: Verdict

    @property
    def difference_wmin(self) -> int:
        """The energy of the curve less that of the reference."""
        return self.curve_wmin - self.reference.energy_wh * 60


class KnownEnergy(NamedTuple):
    """The known energy of one local day, and how much of the day is missing."""

    known_wmin: int
    missing_min: int


def energy_of_day(
    day: date, blocks: Iterable[Block], *, with_estimates: bool = False
) -> KnownEnergy:
    """Return the energy of a curve; where several steps cover one moment, the finest counts.

    What ingest estimated is missing unless with_estimates: a counter cannot confirm a guess.
    blocks: all of one point, direction and that day, at most one per step.
    """
    grid = np.full(day_minutes(day) // _GRID_MIN, _MISSING, dtype=np.int64)
    for block in sorted(blocks, key=lambda block: -block.step_min):
        values_w = block.power_w if with_estimates else block.received_w
        power_w = np.array(
            [_MISSING if value_w is None else value_w for value_w in values_w], dtype=np.int64
        )
        fine = np.repeat(power_w, block.step_min // _GRID_MIN)
        is_known = fine != _MISSING
        grid[is_known] = fine[is_known]
    is_known = grid != _MISSING
    return KnownEnergy(int(grid[is_known].sum()) * _GRID_MIN, int((~is_known).sum()) * _GRID_MIN)


def index_references(
    readings: Iterable[tuple[Prm, Direction, datetime, int]],
) -> Iterator[Reference]:
    """Yield what each counter counted between the first and the last midnight at which it was read.

    readings: the index of all energy (``indexes.totals``), of a month and its two ends, in order of
    time. Readings at other hours are left out: a curve is cut at midnight.
    """
    at_midnight: dict[MeteredSeries, list[tuple[date, int]]] = defaultdict(list)
    for prm, direction, read_at, index_wh in readings:
        local = read_at.astimezone(PARIS)
        if (local.hour, local.minute, local.second) == (0, 0, 0):
            at_midnight[MeteredSeries(prm, Direction(direction))].append((local.date(), index_wh))
    for (prm, direction), midnight_readings in at_midnight.items():
        (first, first_wh), (last, last_wh) = midnight_readings[0], midnight_readings[-1]
        if first < last:
            yield Reference(prm, direction, CheckedSource.INDEX, first, last, last_wh - first_wh)


def check(
    reference: Reference, energies: Mapping[date, KnownEnergy], tolerance: Tolerance
) -> Check:
    """Compare a reference with a curve.

    energies: by local day, without the days that lack readings.
    """
    curve_wmin, missing_min = 0, 0
    for day in days(reference):
        energy = energies.get(day, KnownEnergy(0, day_minutes(day)))
        curve_wmin += energy.known_wmin
        missing_min += energy.missing_min
    reference_wmin = reference.energy_wh * 60
    if reference.energy_wh < 0:
        verdict = Verdict.WENT_BACK
    elif missing_min:
        verdict = Verdict.INCOMPLETE
    elif abs(curve_wmin - reference_wmin) <= tolerance.of_wmin(reference_wmin):
        verdict = Verdict.AGREES
    else:
        verdict = Verdict.DIFFERS
    return Check(reference, curve_wmin, missing_min, verdict)


def days(reference: Reference) -> Sequence[date]:
    count = (reference.to_day - reference.from_day).days
    return [reference.from_day + timedelta(days=number) for number in range(count)]

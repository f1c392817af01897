"""The time for which records are kept, and the sums that remain of curves afterwards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.ingest.domain.facts.cross_check import energy_of_day
from services.ingest.domain.readings.blocks import Block


class Kept(StrEnum):
    """The kinds of things that are purged, in this order."""

    CURVES = "curves"  # revisions of blocks; a sum by month stays
    HELD = "held"  # the blocks that waited for an operation in vain
    RESULTS = "results"  # revisions of curves of the DSO's own split; its energies by month stay
    INDEXES = "indexes"  # the indexes that counters showed
    INVOICED = "invoiced"  # the quantities that were invoiced
    FILES = "files"  # the files of deliveries; the deliveries stay
    QUARANTINE = "quarantine"  # records that are no readings
    ACCESSES = "accesses"  # who read which curve
    PULLS = "pulls"  # closed questions to the DSO's APIs
    RE_REQUESTS = "re_requests"  # closed re-requests


@dataclass(frozen=True)
class RetentionTerms:
    """For how many whole months things are kept."""

    curves_months: int
    files_months: int
    quarantine_months: int
    accesses_months: int
    pulls_months: int

    def kept_from(self, kind: Kept, today: date) -> date:
        """Return the first day that is kept: months are purged whole, so that each has one sum."""
        months = {
            Kept.CURVES: self.curves_months,
            Kept.HELD: self.curves_months,
            Kept.RESULTS: self.curves_months,
            Kept.INDEXES: self.curves_months,
            Kept.INVOICED: self.curves_months,
            Kept.FILES: self.files_months,
            Kept.QUARANTINE: self.quarantine_months,
            Kept.ACCESSES: self.accesses_months,
            Kept.PULLS: self.pulls_months,
            Kept.RE_REQUESTS: self.pulls_months,
        }[kind]
        return Month.of(today).earlier(months).first_day


class MonthOfPoint(NamedTuple):
    """A month, by its first day, of one point and direction."""

    prm: Prm
    direction: Direction
    month: date


@dataclass(frozen=True)
class MonthlyEnergy:
    """The sum that remains of a month of curves. days: those of the month in the sum, in order."""

    energy_wmin: int
    missing_min: int
    days: tuple[int, ...]


_NOTHING = MonthlyEnergy(0, 0, ())


def sum_months(
    blocks: Iterable[Block], stored_sums: Mapping[MonthOfPoint, MonthlyEnergy]
) -> dict[MonthOfPoint, MonthlyEnergy]:
    """Add the days of blocks to the sums; a day that is already in a sum is not added again.

    blocks: the last revisions, whole days. What ingest estimated counts, as it was settled by.
    """
    days: dict[tuple[Prm, Direction, date], list[Block]] = defaultdict(list)
    for block in blocks:
        days[block.prm, block.direction, block.day].append(block)
    sums: dict[MonthOfPoint, MonthlyEnergy] = {}
    for (prm, direction, day), day_blocks in days.items():
        month = MonthOfPoint(prm, direction, day.replace(day=1))
        monthly_energy = sums.get(month) or stored_sums.get(month, _NOTHING)
        sums[month] = (
            monthly_energy
            if day.day in monthly_energy.days
            else _add(monthly_energy, day, day_blocks)
        )
    return sums


def _add(sum_so_far: MonthlyEnergy, day: date, blocks: Iterable[Block]) -> MonthlyEnergy:
    energy = energy_of_day(day, blocks, with_estimates=True)
    return MonthlyEnergy(
        sum_so_far.energy_wmin + energy.known_wmin,
        sum_so_far.missing_min + energy.missing_min,
        tuple(sorted({*sum_so_far.days, day.day})),
    )

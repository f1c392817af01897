"""Curves as the energy of each day, to be shown where single steps may not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from libs.common.ids import Direction
from services.ingest.domain.facts.cross_check import energy_of_day
from services.ingest.domain.readings.blocks import Block


@dataclass(frozen=True)
class DailyEnergy:
    """The energy of one local day, including that of the minutes that we estimated."""

    direction: Direction
    day: date
    energy_wmin: int
    missing_min: int
    estimated_min: int


def daily_energies(blocks: Iterable[Block]) -> list[DailyEnergy]:
    """Return the energies in order of direction and day.

    blocks: all of one point and of these days, at most one per step.
    """
    days: dict[tuple[Direction, date], list[Block]] = defaultdict(list)
    for block in blocks:
        days[block.direction, block.day].append(block)
    return [
        _daily(direction, day, day_blocks) for (direction, day), day_blocks in sorted(days.items())
    ]


def _daily(direction: Direction, day: date, blocks: list[Block]) -> DailyEnergy:
    energy = energy_of_day(day, blocks, with_estimates=True)
    received = energy_of_day(day, blocks)
    estimated_min = received.missing_min - energy.missing_min
    return DailyEnergy(direction, day, energy.known_wmin, energy.missing_min, estimated_min)

"""A block: one point's readings of one local day, the unit of storage and publication."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import polars as pl

from libs.common.calendar import day_start
from libs.common.ids import Direction, Prm
from services.ingest.domain.readings.readings import Nature

NATURE_LETTERS = {
    Nature.MEASURED: "m",
    Nature.CORRECTED: "c",
    Nature.ESTIMATED: "e",
    Nature.OUTAGE: "o",
    Nature.MISSING: "x",
}
VALUE_LETTERS = [letter for nature, letter in NATURE_LETTERS.items() if nature != Nature.MISSING]
"""Letters of the values that a file gave; a file also says that there is none."""

NOTHING = "."
"""Stands for a letter: no file has said anything about this step."""

ESTIMATED_BY_US = "i"
"""Stands for a letter: no real value has come, and ingest estimated one on request."""

_NATURES = {letter: nature for nature, letter in NATURE_LETTERS.items()} | {
    ESTIMATED_BY_US: Nature.ESTIMATED
}

LETTERS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "day": pl.Date(),
        "step_min": pl.Int32(),
        "natures": pl.String(),  # as in ``Block``
    }
)
"""One row per block, in its last revision; powers are not needed."""


class Reading(NamedTuple):
    start: datetime
    step_min: int
    power_w: int | None
    nature: Nature
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The readings of a point, direction, local day and step; one value per step, in order."""

    prm: Prm
    direction: Direction
    day: date
    step_min: int
    revision: int
    power_w: Sequence[int | None]
    natures: str  # a letter per step: NATURE_LETTERS, ESTIMATED_BY_US or NOTHING
    doubtful: Sequence[bool]
    published_us: Sequence[int]  # microseconds since 1970, a value per step or one for all of them

    @property
    def start(self) -> datetime:
        return day_start(self.day)

    @property
    def estimated_steps(self) -> list[int]:
        return estimated_steps(self.natures)

    @property
    def received_w(self) -> Sequence[int | None]:
        """The powers, without those that ingest estimated."""
        if ESTIMATED_BY_US not in self.natures:
            return self.power_w
        return [
            None if letter == ESTIMATED_BY_US else power_w
            for letter, power_w in zip(self.natures, self.power_w, strict=True)
        ]

    def nature_at(self, slot: int) -> Nature | None:
        """Return the nature of a step, or None if nothing was received for it."""
        return _NATURES.get(self.natures[slot])

    def readings(self) -> Iterator[Reading]:
        """Yield what was received, in order of time; unknown steps are left out."""
        step = timedelta(minutes=self.step_min)
        for slot, power_w in enumerate(self.power_w):
            nature = self.nature_at(slot)
            if nature is not None:
                yield Reading(
                    self.start + slot * step, self.step_min, power_w, nature, self.doubtful[slot]
                )


def estimated_steps(natures: str) -> list[int]:
    """Return the slots of the values that ingest estimated, but not of those that the DSO did."""
    if ESTIMATED_BY_US not in natures:
        return []
    return [slot for slot, letter in enumerate(natures) if letter == ESTIMATED_BY_US]


class BlockKey(NamedTuple):
    """Identifies a block, whatever its revision."""

    prm: Prm
    direction: Direction
    day: date
    step_min: int

    @classmethod
    def of(cls, block: Block) -> "BlockKey":
        return cls(block.prm, block.direction, block.day, block.step_min)

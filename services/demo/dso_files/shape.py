"""What a generated file is about: points, days, step; and their curves, by a seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

import numpy as np

from libs.common.calendar import PARIS, step_starts

_LARGEST_W = 9_000
_MISSING = -1


@dataclass(frozen=True)
class Curve:
    """One point over all days of the file; a value per step, None where it is missing."""

    prm: str
    power_w: Sequence[int | None]


@dataclass(frozen=True)
class Shape:
    """A file of ``points × days`` local days; a few values in a thousand are missing.

    first: number of the first point, so that files are about different ones.
    """

    points: int
    days: int
    step_min: int = 30
    first_day: date = date(2026, 1, 1)
    first: int = 0
    seed: int = 2026

    @property
    def reading_count(self) -> int:
        return self.points * len(self.starts)

    @cached_property
    def starts(self) -> Sequence[datetime]:
        """Of all steps, UTC."""
        return [
            start.astimezone(UTC)
            for number in range(self.days)
            for start in step_starts(self.first_day + timedelta(days=number), self.step_min)
        ]

    @cached_property
    def local_starts(self) -> Sequence[datetime]:
        return [start.astimezone(PARIS) for start in self.starts]

    @cached_property
    def local_ends(self) -> Sequence[datetime]:
        step = timedelta(minutes=self.step_min)
        return [(start + step).astimezone(PARIS) for start in self.starts]

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)

    def curves(self) -> Iterator[Curve]:
        for number in range(self.first, self.first + self.points):
            chance = np.random.default_rng([self.seed, number])
            power_w = chance.integers(0, _LARGEST_W, len(self.starts))
            power_w[chance.random(len(power_w)) < 0.002] = _MISSING  # noqa: PLR2004 - a few
            values = [None if one == _MISSING else one for one in power_w.tolist()]
            yield Curve(f"99{number:012}", values)

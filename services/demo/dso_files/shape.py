"""The shape of a generated file: points, days, step; and its curves, by a seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

import numpy as np

from libs.common.calendar import PARIS, Month, step_starts
from libs.common.ids import Direction

_LARGEST_W = 9_000
_MISSING = -1
_C4_STEPS_MIN = (5, 10)
_PUBLISHED = time(8, 30)


@dataclass(frozen=True)
class FileCurve:
    """One point over all days of the file; a value per step, None where it is missing."""

    prm: str
    power_w: Sequence[int | None]


@dataclass(frozen=True)
class Shape:
    """A file of ``points × days`` local days.

    first: number of the first point, so that files can have different points.
    missing: share of values that are missing.
    """

    points: int
    days: int
    step_min: int = 30
    first_day: date = date(2026, 1, 1)
    first: int = 0
    seed: int = 2026
    direction: Direction = Direction.CONSUMPTION
    operation_id: str = "ACC00000101"
    missing: float = 0.002

    @property
    def prms(self) -> Sequence[str]:
        return [f"99{self.first + number:012}" for number in range(self.points)]

    @property
    def reading_count(self) -> int:
        return self.points * len(self.starts)

    @cached_property
    def starts(self) -> Sequence[datetime]:
        """The starts of all steps, UTC."""
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
    def is_c4(self) -> bool:
        """Whether its meters are of C1–C4, which alone record every 5 or 10 minutes."""
        return self.step_min in _C4_STEPS_MIN

    @property
    def segment_stamps(self) -> Sequence[datetime]:
        """Local stamps of the flows that stamp the start of a step for C1–C4 and its end for C5."""
        return self.local_starts if self.is_c4 else self.local_ends

    @property
    def is_consumption(self) -> bool:
        return self.direction == Direction.CONSUMPTION

    @property
    def dso_direction(self) -> str:
        return "CONS" if self.is_consumption else "PROD"

    @property
    def last_day(self) -> date:
        return self.day_after - timedelta(days=1)

    @property
    def day_after(self) -> date:
        """The first day that is no longer in the file."""
        return self.first_day + timedelta(days=self.days)

    @cached_property
    def months(self) -> Sequence[Month]:
        """The months that have any of its days."""
        days = [self.first_day + timedelta(days=number) for number in range(self.days)]
        return sorted({Month.of(day) for day in days})

    @property
    def published_at(self) -> datetime:
        """Local: the morning after."""
        return datetime.combine(self.day_after, _PUBLISHED, tzinfo=PARIS)

    def curves(self) -> Iterator[FileCurve]:
        for number, prm in enumerate(self.prms, start=self.first):
            chance = np.random.default_rng([self.seed, number])
            power_w = chance.integers(0, _LARGEST_W, len(self.starts))
            power_w[chance.random(len(power_w)) < self.missing] = _MISSING
            values = [None if value_w == _MISSING else value_w for value_w in power_w.tolist()]
            yield FileCurve(prm, values)

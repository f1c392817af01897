"""The curves of an operation over some days, from its readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import ClassVar

import numpy as np

from libs.common.calendar import steps_in_day
from libs.common.errors import Problem
from libs.common.ids import Direction, Prm
from services.allocation.domain.curves import Block, energy_of_day, starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import SharingKey
from services.allocation.domain.perimeter import Participant, Perimeter
from services.allocation.domain.simulations.problems import ScenarioInvalid
from services.allocation.domain.simulations.scenario import Curves, Span

_GAPS_NAMED = 20


class ReadingsMissing(Problem):
    status, slug, title = 409, "readings-missing", "Readings are missing in the period"
    example_detail = (
        "1 points miss readings on 1 days, from 2026-10-12 to 2026-10-12. Take another"
        " period, or let missing_readings be zero."
    )
    example_facts: ClassVar = {
        "missing": [
            {"day": "2026-10-12", "prm": "99110000000101", "direction": "consumption", "steps": 4}
        ]
    }


@dataclass(frozen=True)
class DayGap:
    """The number of steps without readings of a point on a day."""

    day: date
    prm: Prm
    direction: Direction
    steps: int


class SimulatedPeriod:
    """Filled day by day; a point counts as 0 on days on which it does not take part."""

    def __init__(self, perimeter: Perimeter, days: Sequence[date]) -> None:
        self.gaps: list[DayGap] = []
        self._days = days
        self._keys: dict[date, SharingKey | None] = {}
        self._participants = {day: perimeter.participants_on(day) for day in days}
        # As settled: each day on its own step.
        self._step_min = {day: perimeter.step_on(day) for day in days}
        counts = [self.steps_on(day) for day in days]
        self._first = dict(zip(days, accumulate(counts, initial=0), strict=False))
        self.steps = sum(counts)
        self._everybody = sorted(
            {
                participant
                for participants in self._participants.values()
                for participant in participants
            }
        )

    def points(self, direction: Direction) -> list[Prm]:
        return [
            participant.prm for participant in self._everybody if participant.direction == direction
        ]

    @property
    def participant_days(self) -> set[tuple[date, Participant]]:
        return {
            (day, participant)
            for day, participants in self._participants.items()
            for participant in participants
        }

    def steps_on(self, day: date) -> int:
        return steps_in_day(day, self._step_min[day])

    @property
    def missing_steps(self) -> int:
        return sum(gap.steps for gap in self.gaps)

    def fill(
        self,
        day: date,
        blocks: Mapping[Participant, Sequence[Block]],
        key: SharingKey | None = None,
    ) -> None:
        """Add the readings of a day, and its key; missing readings are 0, and recorded as gaps."""
        self._keys[day] = key
        for participant in self._participants[day]:
            curve = energy_of_day(blocks.get(participant, ()), day, self._step_min[day])
            first = self._first[day]
            self._energies[participant][first : first + len(curve.energy_wmin)] = curve.energy_wmin
            if not curve.complete:
                self.gaps.append(DayGap(day, *participant, int(curve.missing.sum())))

    def curves(self) -> Curves:
        """Raises ScenarioInvalid when nobody takes part."""
        if not self._everybody:
            raise ScenarioInvalid("No point takes part in the operation in these days.")
        starts = [starts_of_day(day, self._step_min[day]) for day in self._days]
        return Curves(
            step_min=np.concatenate(
                [np.full(self.steps_on(d), self._step_min[d]) for d in self._days]
            ),
            starts_epoch_min=np.concatenate(starts),
            productions=self._side(Direction.PRODUCTION),
            consumptions=self._side(Direction.CONSUMPTION),
            in_force=self._spans(),
        )

    def _spans(self) -> list[Span]:
        """Return the spans: consecutive days with one key are one span."""
        spans: list[Span] = []
        for day in self._days:
            key, first = self._keys.get(day), self._first[day]
            end = first + self.steps_on(day)
            if spans and spans[-1].key == key:
                first = spans.pop().first
            spans.append(Span(first, end, key))
        return spans

    @cached_property
    def _energies(self) -> dict[Participant, IntArray]:
        return {
            participant: np.zeros(self.steps, dtype=np.int64) for participant in self._everybody
        }

    def _side(self, direction: Direction) -> dict[Prm, IntArray]:
        return {
            participant.prm: energy_wmin
            for participant, energy_wmin in self._energies.items()
            if participant.direction == direction
        }


def missing_readings(gaps: Sequence[DayGap]) -> ReadingsMissing:
    """Return the refusal to raise for these gaps; it lists the first of them."""
    ordered = sorted(gaps, key=lambda gap: (gap.day, gap.prm, gap.direction))
    days = sorted({gap.day for gap in gaps})
    return ReadingsMissing(
        f"{len({gap.prm for gap in gaps})} points miss readings on {len(days)} days, from "
        f"{days[0]} to {days[-1]}. Take another period, or let missing_readings be zero.",
        missing=[
            {"day": gap.day.isoformat(), "prm": gap.prm, "direction": gap.direction}
            | {"steps": gap.steps}
            for gap in ordered[:_GAPS_NAMED]
        ],
    )

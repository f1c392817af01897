"""Ranks served one after the other; season, day and hour may choose the ranks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray, split_between_producers
from services.allocation.domain.keys.ranks import Ranks, check_ranks, content_of, points_of, serve
from services.allocation.domain.keys.schedules import LocalTimes, RankSchedule
from services.allocation.domain.metered import Metered


@dataclass(frozen=True)
class Priority:
    """The first rank is served first, the next one shares what is left, and so on.

    The first schedule that covers a step's start gives the ranks, otherwise ``ranks`` does. A
    consumer in no rank gets nothing. Raises KeyInvalid when some ranks name a point twice.
    """

    type: ClassVar = "priority"

    ranks: Ranks
    schedules: Sequence[RankSchedule] = ()

    def __post_init__(self) -> None:
        check_ranks(self.ranks, "ranks")
        for place, schedule in enumerate(self.schedules):
            check_ranks(schedule.ranks, f"schedules[{place}].ranks")

    @property
    def points(self) -> tuple[frozenset[Prm], frozenset[Prm]]:
        return frozenset(), frozenset().union(*map(points_of, self.choices))

    @property
    def choices(self) -> Sequence[Ranks]:
        """The ranks of each schedule, then those that apply otherwise."""
        return [*(schedule.ranks for schedule in self.schedules), self.ranks]

    def chosen(self, metered: Metered) -> IntArray:
        """Return the index of the choice that applies in each step: [step]."""
        otherwise = len(self.schedules)
        if not self.schedules:
            return np.full(len(metered.pool_wmin), otherwise)
        starts = metered.starts_epoch_min
        assert len(starts) == len(metered.pool_wmin), "schedules need the starts of the steps"
        times = LocalTimes.of(starts)
        covered = [schedule.covers(times) for schedule in self.schedules]
        return np.select(covered, list(range(otherwise)), default=otherwise)

    def share(self, metered: Metered) -> IntArray:
        pool, wants = metered.pool_wmin, metered.consumption_wmin
        allocated = np.zeros_like(wants)
        chosen = self.chosen(metered)
        for choice in np.unique(chosen).tolist():
            steps = chosen == choice
            allocated[:, steps] = serve(
                self.choices[choice], metered.consumers, pool[steps], wants[:, steps]
            )
        return split_between_producers(allocated, metered.production_wmin)

    def fingerprint(self, metered: Metered) -> str:
        """Return the ranks in force, with the step at which each run of equal ranks begins."""
        contents = self._contents
        first_choices = np.array([contents.index(content) for content in contents])
        chosen = first_choices[self.chosen(metered)]
        runs: list[object] = [self.type]
        for step in np.flatnonzero(np.diff(chosen, prepend=-1)).tolist():
            # The first run begins at step 0, which is not written.
            runs += [*([step] if step else []), contents[chosen[step]]]
        return json.dumps(runs)

    @cached_property
    def _contents(self) -> Sequence[list[object]]:
        return [content_of(ranks) for ranks in self.choices]

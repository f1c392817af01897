"""The metered energies over some steps of an operation: the input of every key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from libs.common.errors import Problem
from libs.common.ids import Prm
from services.allocation.domain.kernels import MAX_QUOTIENT, IntArray

MAX_STEP_WMIN = 10**12
"""16 GW over an hour."""


class NothingToAllocate(Problem):
    status, slug, title = 409, "nothing-to-allocate", "The operation has nothing to allocate"


@dataclass(frozen=True, eq=False)
class Metered:
    """Productions and consumptions on one grid of steps, participants in prm order.

    Units: watt-minutes. production_wmin: [producer, step]; consumption_wmin: [consumer, step];
    starts_epoch_min: [step], start of each step in minutes since 1970 UTC; empty if unknown, which
    is enough for keys that do not depend on the time.
    """

    producers: tuple[Prm, ...]
    consumers: tuple[Prm, ...]
    production_wmin: IntArray
    consumption_wmin: IntArray
    starts_epoch_min: IntArray

    @classmethod
    def of(
        cls,
        productions: Mapping[Prm, IntArray],
        consumptions: Mapping[Prm, IntArray],
        starts_epoch_min: IntArray | None = None,
    ) -> Self:
        """Raises NothingToAllocate when either side has no point."""
        if not productions:
            raise NothingToAllocate("The operation has no producer.")
        if not consumptions:
            raise NothingToAllocate("The operation has no consumer.")
        producers, consumers = sorted(productions), sorted(consumptions)
        starts = np.empty(0, dtype=np.int64) if starts_epoch_min is None else starts_epoch_min
        metered = cls(
            producers=tuple(producers),
            consumers=tuple(consumers),
            production_wmin=np.array([productions[prm] for prm in producers]),
            consumption_wmin=np.array([consumptions[prm] for prm in consumers]),
            starts_epoch_min=starts,
        )
        metered._check()
        return metered

    def _check(self) -> None:
        steps = self.production_wmin.shape[1]
        assert self.consumption_wmin.shape[1] == steps, "curves of different lengths"
        assert len(self.starts_epoch_min) in {0, steps}, "one start per step"
        for energy_wmin in (self.production_wmin, self.consumption_wmin):
            assert energy_wmin.dtype == np.int64, "energy is counted in whole watt-minutes"
            assert energy_wmin.min(initial=0) >= 0, "energy is never negative"
            assert energy_wmin.max(initial=0) <= MAX_STEP_WMIN, "more energy than a step can hold"
            # Kernels rely on this limit for their sums and products.
            assert energy_wmin.sum(axis=0).max(initial=0) <= MAX_QUOTIENT, "more than all can hold"

    @property
    def shape(self) -> tuple[int, int, int]:
        """The numbers of producers, consumers and steps: the shape of all shares."""
        return (len(self.producers), *self.consumption_wmin.shape)

    @cached_property
    def pool_wmin(self) -> IntArray:
        """Production of all producers together, [step]."""
        pool: IntArray = self.production_wmin.sum(axis=0)
        return pool

    def during(self, spans: Sequence[slice]) -> Self:
        """Return the same data for some spans of steps."""

        def cut(values: IntArray) -> IntArray:
            return np.concatenate([values[..., span] for span in spans], axis=-1)

        return replace(
            self,
            production_wmin=cut(self.production_wmin),
            consumption_wmin=cut(self.consumption_wmin),
            starts_epoch_min=cut(self.starts_epoch_min),
        )

    def for_consumers(self, values: Mapping[Prm, int]) -> IntArray:
        """One value per consumer, in prm order; 0 for consumers without one."""
        return np.array([values.get(prm, 0) for prm in self.consumers], dtype=np.int64)

"""Allocation: who gets how much of whose production, step by step, and what is left over."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl

from libs.common.ids import Direction, Prm
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import Dynamic, FullDynamic, SharingKey
from services.allocation.domain.metered import Metered

_BLOCK_BYTES = 3 * 2**20
"""Bytes worked on at a time, so that a block stays in the processor's cache."""

_LEAST_STEPS = 512
"""With fewer steps in a block, calling numpy takes longer than its work."""


class ShareTotal(NamedTuple):
    """Energy from one producer to one consumer over all the steps."""

    producer: Prm
    consumer: Prm
    energy_wmin: int


class PointShare(NamedTuple):
    """Energy that a point metered, and the part of it that was shared; [step] each."""

    prm: Prm
    direction: Direction
    metered_wmin: IntArray
    shared_wmin: IntArray


@dataclass(frozen=True, eq=False)
class Allocation:
    """The shares of some steps: shares_wmin is [producer, consumer, step], points in prm order."""

    metered: Metered
    shares_wmin: IntArray

    @cached_property
    def allocated_wmin(self) -> IntArray:
        """Energy that each consumer received, [consumer, step]."""
        allocated: IntArray = self.shares_wmin.sum(axis=0)
        return allocated

    @cached_property
    def given_wmin(self) -> IntArray:
        """Energy that each producer gave, [producer, step]."""
        given_wmin: IntArray = self.shares_wmin.sum(axis=1)
        return given_wmin

    @property
    def surplus_wmin(self) -> IntArray:
        """Energy that each producer has left, [producer, step]."""
        return self.metered.production_wmin - self.given_wmin

    @property
    def complement_wmin(self) -> IntArray:
        """Energy that each consumer gets from its ordinary supplier, [consumer, step]."""
        return self.metered.consumption_wmin - self.allocated_wmin

    def check(self) -> None:
        """Stop the operation if energy was made, lost or forced on anybody (D315-4).

        Surplus and complement are differences, so both balances hold if neither is negative.
        The totals are compared all the same, because people will add them up.
        """
        assert self.shares_wmin.min(initial=0) >= 0, "a negative share"
        assert self.surplus_wmin.min(initial=0) >= 0, "a producer gave more than it made"
        assert self.complement_wmin.min(initial=0) >= 0, "a consumer got more than it used"
        allocated_wmin, given_wmin = self.allocated_wmin.sum(axis=0), self.given_wmin.sum(axis=0)
        assert np.array_equal(allocated_wmin, given_wmin), "energy was made or lost"

    def points(self) -> Iterator[PointShare]:
        """Producers, then consumers, each in prm order; storage appears in both."""
        metered = self.metered
        for prm, *energies in zip(
            metered.producers, metered.production_wmin, self.given_wmin, strict=True
        ):
            yield PointShare(prm, Direction.PRODUCTION, *energies)
        for prm, *energies in zip(
            metered.consumers, metered.consumption_wmin, self.allocated_wmin, strict=True
        ):
            yield PointShare(prm, Direction.CONSUMPTION, *energies)

    def totals(self) -> Iterator[ShareTotal]:
        """The positive totals of all steps, in producer, consumer order."""
        sums = self.shares_wmin.sum(axis=2)
        for row, column in np.argwhere(sums):
            producer, consumer = self.metered.producers[row], self.metered.consumers[column]
            yield ShareTotal(producer, consumer, int(sums[row, column]))

    def frame(self) -> pl.DataFrame:
        """One row per positive share, sorted; needs the starts of the steps.

        Columns start_epoch_min i64, producer str, consumer str, energy_wmin i64.
        """
        starts = self.metered.starts_epoch_min
        step, row, column = np.nonzero(self.shares_wmin.transpose(2, 0, 1))
        return pl.DataFrame(
            {
                "start_epoch_min": starts[step],
                "producer": np.array(self.metered.producers)[row],
                "consumer": np.array(self.metered.consumers)[column],
                "energy_wmin": self.shares_wmin[row, column, step],
            }
        )


def allocate(
    productions: Mapping[Prm, IntArray],
    consumptions: Mapping[Prm, IntArray],
    key: SharingKey,
    *,
    starts_epoch_min: IntArray | None = None,
) -> Allocation:
    """Share the production between the consumers by the key.

    Takes one array per point, watt-minutes ≥ 0 per step, all of one length; a point may be on both
    sides (storage, D315-5). starts_epoch_min is needed by keys with shares by step and by
    ``frame``. Raises NothingToAllocate, or KeyIncomplete when the key says nothing of a step with
    production. Callers make sure that the key says at most one thing of a step, or call
    ``check_steps``.
    """
    metered = Metered.of(productions, consumptions, starts_epoch_min)
    return Allocation(metered, _share_in_blocks(metered, key))


def _share_in_blocks(metered: Metered, key: SharingKey) -> IntArray:
    """Apply the key block by block where there is production, and check each result.

    No step depends on another, so the division into blocks changes no result.
    """
    if isinstance(key, Dynamic | FullDynamic):
        key.coefficients.check_complete(metered)
    shares_wmin = np.zeros(metered.shape, dtype=np.int64)
    for spans in _blocks(metered.pool_wmin, size=_steps_per_block(metered)):
        block = metered.during(spans)
        allocation = Allocation(block, key.share(block))
        allocation.check()
        first = 0
        for span in spans:
            end = first + span.stop - span.start
            shares_wmin[:, :, span] = allocation.shares_wmin[:, :, first:end]
            first = end
    return shares_wmin


def _blocks(pool_wmin: IntArray, *, size: int) -> Iterator[list[slice]]:
    """Yield the spans of steps with production, ``size`` steps in each block but the last."""
    produced = np.flatnonzero(pool_wmin)
    for first in range(0, len(produced), size):
        steps = produced[first : first + size]
        cuts = (np.flatnonzero(np.diff(steps) > 1) + 1).tolist()
        runs = pairwise([0, *cuts, len(steps)])
        yield [slice(int(steps[begin]), int(steps[end - 1]) + 1) for begin, end in runs]


def _steps_per_block(metered: Metered) -> int:
    producers, consumers, _ = metered.shape
    numbers_per_step = (producers + 2) * (consumers + 1)
    return max(_BLOCK_BYTES // (8 * numbers_per_step), _LEAST_STEPS)


def inputs_hash(
    productions: Mapping[Prm, IntArray],
    consumptions: Mapping[Prm, IntArray],
    key: SharingKey,
    *,
    starts_epoch_min: IntArray | None = None,
) -> str:
    """Return the sha256 of everything ``allocate`` depends on: same hash, same shares.

    The order of the points does not matter, nor do the key's shares for other steps than these.
    """
    metered = Metered.of(productions, consumptions, starts_epoch_min)
    content = hashlib.sha256(b"elocoop allocation inputs 2\n")
    names = [key.fingerprint(metered), " ".join(metered.producers), " ".join(metered.consumers)]
    content.update("\n".join(names).encode())
    for numbers in (metered.starts_epoch_min, metered.production_wmin, metered.consumption_wmin):
        content.update(f"\n{numbers.shape}\n".encode())
        content.update(numbers.astype("<i8").tobytes())
    return content.hexdigest()

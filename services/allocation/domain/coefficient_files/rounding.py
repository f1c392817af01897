"""From shares to coefficients with few decimals: never more than was shared, and what is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from libs.common.ids import Prm
from services.allocation.domain.allocation import Allocation
from services.allocation.domain.coefficient_files.layout import Layout
from services.allocation.domain.coefficient_files.problems import CoefficientStepUnfit
from services.allocation.domain.curves import nests
from services.allocation.domain.kernels import IntArray, scale
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.fractions import DECIMALS
from services.allocation.domain.metered import Metered

MAX_DECIMALS = DECIMALS - 2
"""Of a percentage: its last digit is then one billionth."""


@dataclass(frozen=True)
class FileFormat:
    """decimals: of the percentages, at most MAX_DECIMALS."""

    layout: Layout
    decimals: int
    step_min: int

    @property
    def whole(self) -> int:
        """100 %, counted in the last decimal."""
        return 100 * int(10**self.decimals)


@dataclass(frozen=True)
class ConsumerLoss:
    """What a consumer was allocated here, and how much less the operator would allocate it."""

    allocated_wmin: int
    lost_wmin: int


@dataclass(frozen=True, eq=False)
class Rounded:
    """Coefficients of some steps, and what their rounding takes from each consumer."""

    coefficients: Coefficients
    losses: Mapping[Prm, ConsumerLoss]


def rounded(
    allocation: Allocation, form: FileFormat, *, step_min: int, named: IntArray | None = None
) -> Rounded:
    """The coefficients with which the operator comes nearest to these shares, never above them.

    step_min: of the allocation, which covers whole hours. named: the shares that the key itself
    names, billionths, [producer or the pool, consumer, step of the allocation]; see ``named_by``.

    A coefficient is the share in what was produced, rounded down, 0 where nothing was. On a
    coarser step it is that of the sums; on a finer one, the same in each part, as energy is taken
    to flow evenly within a step. One exception keeps 45 % at 45 %: see ``_meant``.
    Raises CoefficientStepUnfit when the steps do not nest.
    """
    if not nests(step_min, form.step_min):
        raise CoefficientStepUnfit(
            f"Shares of {step_min} minutes do not nest with coefficients of {form.step_min}."
        )
    metered = allocation.metered
    by_producer = form.layout == Layout.PRODUCERS
    # [producer or the pool, consumer, step] everywhere below.
    shares = allocation.shares_wmin if by_producer else allocation.allocated_wmin[None]
    produced = (metered.production_wmin if by_producer else metered.pool_wmin[None])[:, None]
    merged = max(form.step_min // step_min, 1)
    whole = np.array(form.whole, dtype=np.int64)
    floor = scale(_summed(shares, merged), whole, _summed(produced, merged))
    last_digit = 10 ** (MAX_DECIMALS - form.decimals)
    if named is None:
        room = (allocation.complement_wmin > 0)[None]
        higher = np.where(_is_short(floor, shares, produced, room, form.whole), floor + 1, floor)
    else:
        higher = named.reshape(*floor.shape, merged).min(axis=-1) // last_digit
    units = _meant(floor, higher, shares, produced, form.whole)
    return Rounded(
        _on_the_step_of(form, metered, units * last_digit, step_min=step_min),
        _losses(allocation, _applied(np.repeat(units, merged, axis=2), produced, form.whole)),
    )


def _on_the_step_of(
    form: FileFormat, metered: Metered, share_billionths: IntArray, *, step_min: int
) -> Coefficients:
    """These shares, of the coarser one of the two steps, with the step of the file."""
    starts = metered.starts_epoch_min[:: max(form.step_min // step_min, 1)]
    parts = max(step_min // form.step_min, 1)
    return Coefficients(
        starts_epoch_min=np.add.outer(starts, form.step_min * np.arange(parts)).reshape(-1),
        producers=metered.producers if form.layout == Layout.PRODUCERS else (POOL,),
        consumers=metered.consumers,
        share_billionths=np.repeat(share_billionths, parts, axis=2),
    )


def _summed(energy_wmin: IntArray, merged: int) -> IntArray:
    summed: IntArray = energy_wmin.reshape(*energy_wmin.shape[:-1], -1, merged).sum(axis=-1)
    return summed


def _applied(units: IntArray, produced: IntArray, whole: int) -> IntArray:
    """What the operator makes of coefficients, before it looks at consumption."""
    return scale(units, produced, np.int64(whole))


def _is_short(
    floor: IntArray, shares: IntArray, produced: IntArray, room: NDArray[np.bool_], whole: int
) -> NDArray[np.bool_]:
    """Where the coefficient gives less than the share to one who had room for more.

    Then the share may well be that of a coefficient, cut to whole watt-minutes; one who is full
    has what it consumes. [producer, consumer, file step]
    """
    merged = shares.shape[-1] // floor.shape[-1]
    short = _applied(np.repeat(floor, merged, axis=2), produced, whole) < shares
    groups = (*floor.shape, merged)
    roomy = np.broadcast_to(room, shares.shape).reshape(groups)
    some_short = np.logical_or.reduce(short.reshape(groups), axis=-1, dtype=np.bool_)
    return np.where(np.logical_and.reduce(roomy, axis=-1, dtype=np.bool_), some_short, False)


def _meant(
    floor: IntArray, higher: IntArray, shares: IntArray, produced: IntArray, whole: int
) -> IntArray:
    """The higher coefficient where it gives just the share, the floor elsewhere.

    Shares are whole watt-minutes: of 45 % of a pool a little less than 45 % is left, and to round
    that down would say 44,99 %. All of a row go up or none, so that no order of consumers matters
    and no row exceeds 100 %; the rows that a key names always fit.
    """
    merged = shares.shape[-1] // floor.shape[-1]
    same = _applied(np.repeat(higher, merged, axis=2), produced, whole) == shares
    just = same.reshape(*floor.shape, merged).all(axis=-1) & (higher > floor)
    just &= _summed(produced, merged) > 0
    units = np.where(just, higher, floor)
    return np.where(units.sum(axis=1, keepdims=True) <= whole, units, floor)


def _losses(allocation: Allocation, offered: IntArray) -> dict[Prm, ConsumerLoss]:
    """A coefficient of several steps may offer more than is consumed in one of them."""
    kept = np.minimum(offered.sum(axis=0), allocation.metered.consumption_wmin)
    allocated = allocation.allocated_wmin.sum(axis=1)
    lost = allocated - kept.sum(axis=1)
    assert lost.min(initial=0) >= 0, "coefficients give more than was shared"
    return {
        prm: ConsumerLoss(int(allocated[row]), int(lost[row]))
        for row, prm in enumerate(allocation.metered.consumers)
    }

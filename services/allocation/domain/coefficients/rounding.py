"""Shares rounded to coefficients with few decimals, never above the share, and the loss."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from libs.common.ids import Prm
from services.allocation.domain.allocation import Allocation
from services.allocation.domain.coefficients.layout import Layout
from services.allocation.domain.curves import nests
from services.allocation.domain.kernels import IntArray, scale
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.fractions import DECIMALS
from services.allocation.domain.keys.problems import CoefficientStepUnfit
from services.allocation.domain.metered import Metered

MAX_DECIMALS = DECIMALS - 2
"""Of a percentage, whose last digit is then one billionth."""


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
    """A consumer's allocation here, and how much less the operator would allocate."""

    allocated_wmin: int
    lost_wmin: int


@dataclass(frozen=True, eq=False)
class Rounded:
    """Coefficients of some steps, and the energy that rounding takes from each consumer."""

    coefficients: Coefficients
    losses: Mapping[Prm, ConsumerLoss]


def rounded(
    allocation: Allocation, form: FileFormat, *, step_min: int, named_shares: IntArray | None = None
) -> Rounded:
    """Return the coefficients that bring the operator nearest to these shares, never above them.

    step_min: of the allocation, which covers whole hours. named_shares: the shares that the key
    itself names, billionths, [producer or the pool, consumer, step of the allocation]; see
    ``named_by``.

    A coefficient is the share of the production, rounded down, 0 where nothing was produced. On a
    coarser step it is the share of the sums; on a finer one, the same in each part, as energy is
    assumed to flow evenly within a step. One exception keeps 45 % at 45 %: see ``_meant``.
    Raises CoefficientStepUnfit when the steps do not nest.
    """
    if not nests(step_min, form.step_min):
        raise CoefficientStepUnfit(
            f"Shares of {step_min} minutes do not nest with coefficients of {form.step_min}."
        )
    metered = allocation.metered
    is_by_producer = form.layout == Layout.PRODUCERS
    # [producer or the pool, consumer, step] everywhere below.
    shares = allocation.shares_wmin if is_by_producer else allocation.allocated_wmin[None]
    produced = (metered.production_wmin if is_by_producer else metered.pool_wmin[None])[:, None]
    steps_merged = max(form.step_min // step_min, 1)
    units_of_whole = np.array(form.whole, dtype=np.int64)
    floor = scale(_summed(shares, steps_merged), units_of_whole, _summed(produced, steps_merged))
    last_digit = 10 ** (MAX_DECIMALS - form.decimals)
    if named_shares is None:
        has_room = (allocation.complement_wmin > 0)[None]
        higher = np.where(
            _is_short(floor, shares, produced, has_room, form.whole), floor + 1, floor
        )
    else:
        higher = named_shares.reshape(*floor.shape, steps_merged).min(axis=-1) // last_digit
    units = _meant(floor, higher, shares, produced, form.whole)
    return Rounded(
        _on_the_step_of(form, metered, units * last_digit, step_min=step_min),
        _losses(allocation, _applied(np.repeat(units, steps_merged, axis=2), produced, form.whole)),
    )


def _on_the_step_of(
    form: FileFormat, metered: Metered, share_billionths: IntArray, *, step_min: int
) -> Coefficients:
    """Return shares given on the coarser of the two steps, on the step of the file."""
    starts = metered.starts_epoch_min[:: max(form.step_min // step_min, 1)]
    repeats = max(step_min // form.step_min, 1)
    return Coefficients(
        starts_epoch_min=np.add.outer(starts, form.step_min * np.arange(repeats)).reshape(-1),
        producers=metered.producers if form.layout == Layout.PRODUCERS else (POOL,),
        consumers=metered.consumers,
        share_billionths=np.repeat(share_billionths, repeats, axis=2),
    )


def _summed(energy_wmin: IntArray, steps_merged: int) -> IntArray:
    sums_wmin: IntArray = energy_wmin.reshape(*energy_wmin.shape[:-1], -1, steps_merged).sum(
        axis=-1
    )
    return sums_wmin


def _applied(units: IntArray, produced: IntArray, units_of_whole: int) -> IntArray:
    """Return what the operator allocates for the coefficients, before it looks at consumption."""
    return scale(units, produced, np.int64(units_of_whole))


def _is_short(
    floor: IntArray,
    shares: IntArray,
    produced: IntArray,
    has_room: NDArray[np.bool_],
    units_of_whole: int,
) -> NDArray[np.bool_]:
    """Return where the coefficient gives less than the share to a consumer with room for more.

    There the share may be that of a coefficient, cut to whole watt-minutes; a consumer without room
    has what it consumes. Shape [producer, consumer, file step].
    """
    steps_merged = shares.shape[-1] // floor.shape[-1]
    is_step_short = (
        _applied(np.repeat(floor, steps_merged, axis=2), produced, units_of_whole) < shares
    )
    groups = (*floor.shape, steps_merged)
    has_step_room = np.broadcast_to(has_room, shares.shape).reshape(groups)
    is_any_step_short = np.logical_or.reduce(is_step_short.reshape(groups), axis=-1, dtype=np.bool_)
    return np.where(
        np.logical_and.reduce(has_step_room, axis=-1, dtype=np.bool_), is_any_step_short, False
    )


def _meant(
    floor: IntArray, higher: IntArray, shares: IntArray, produced: IntArray, units_of_whole: int
) -> IntArray:
    """Return the higher coefficient where it gives exactly the share, the floor elsewhere.

    Shares are whole watt-minutes: of 45 % of a pool a little less than 45 % is left, and rounding
    that down would give 44,99 %. All of a row go up or none, so that the order of consumers does
    not matter and no row exceeds 100 %; rows that a key names always fit.
    """
    steps_merged = shares.shape[-1] // floor.shape[-1]
    gives_share = (
        _applied(np.repeat(higher, steps_merged, axis=2), produced, units_of_whole) == shares
    )
    is_exact = gives_share.reshape(*floor.shape, steps_merged).all(axis=-1) & (higher > floor)
    is_exact &= _summed(produced, steps_merged) > 0
    units = np.where(is_exact, higher, floor)
    return np.where(units.sum(axis=1, keepdims=True) <= units_of_whole, units, floor)


def _losses(allocation: Allocation, offered: IntArray) -> dict[Prm, ConsumerLoss]:
    """Compute each consumer's loss: a coefficient may offer more than one of its steps consumes."""
    received_wmin = np.minimum(offered.sum(axis=0), allocation.metered.consumption_wmin)
    allocated_wmin = allocation.allocated_wmin.sum(axis=1)
    lost_wmin = allocated_wmin - received_wmin.sum(axis=1)
    assert lost_wmin.min(initial=0) >= 0, "coefficients give more than was shared"
    return {
        prm: ConsumerLoss(int(allocated_wmin[row]), int(lost_wmin[row]))
        for row, prm in enumerate(allocation.metered.consumers)
    }

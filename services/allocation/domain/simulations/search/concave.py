"""The energy that a consumer gets from a static share: a concave, piecewise linear function.

With the share k of the pool P, a consumer gets min(k·P, C) in each step, so f(k) = Σ min(k·P, C).
Each step adds a straight line that bends once, at k = C/P, and stays flat. So the steps need not
be variables of the search: a year of them is the slopes of one function, and steps with the same
or nearly the same C/P are one piece.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.allocation.domain.kernels import IntArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LinearPieces:
    """f from k = 0 to 1: pieces of some width (in k), with decreasing slopes (watt-minutes per k).

    Never above the true f: where several bends became one piece, it is the chord between its ends.
    """

    width: FloatArray
    slope_wmin: FloatArray

    @property
    def reach_wmin(self) -> float:
        """f(1): the energy that the consumer would get with all the production."""
        return float(self.width @ self.slope_wmin)

    def energy_of(self, share: float) -> float:
        """f(share)."""
        piece_starts = np.cumsum(self.width) - self.width
        return float(np.clip(share - piece_starts, 0, self.width) @ self.slope_wmin)

    def share_for(self, energy_wmin: float) -> float:
        """Return the smallest k with f(k) = energy_wmin."""
        share, missing = 0.0, energy_wmin
        for width, slope in zip(self.width.tolist(), self.slope_wmin.tolist(), strict=True):
            if missing <= 0 or slope <= 0:
                break
            width_used = min(width, missing / slope)
            share, missing = share + width_used, missing - width_used * slope
        return share


def pieces_of(pool_wmin: IntArray, consumption_wmin: IntArray, *, most: int) -> LinearPieces:
    """Return the function of one consumer over all steps, in about ``most`` pieces or fewer."""
    share, energy, weight = _bends(pool_wmin, consumption_wmin)
    is_kept = _kept(weight, most)
    width, rise = np.diff(share[is_kept]), np.diff(energy[is_kept])
    is_wide = width > 0
    return LinearPieces(width[is_wide], rise[is_wide] / width[is_wide])


def most_above(pool_wmin: IntArray, consumption_wmin: IntArray, price_wmin: float) -> float:
    """Return the largest f(k) - price·k, for the true f."""
    share, energy, _ = _bends(pool_wmin, consumption_wmin)
    return float((energy - price_wmin * share).max())


def _bends(
    pool_wmin: IntArray, consumption_wmin: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return k and f(k) at 0, at each bend and at 1: [bend + 2]; and the fall in slope: [bend]."""
    producing = pool_wmin > 0
    pool = pool_wmin[producing].astype(np.float64)
    bends = np.minimum(consumption_wmin[producing] / pool, 1.0)
    order = np.argsort(bends, kind="stable")
    share, weight = bends[order], pool[order]
    # At a bend, the steps before it give their whole consumption and the others k·P.
    energy = np.cumsum(share * weight) + share * (pool.sum() - np.cumsum(weight))
    last_energy = energy[-1:] if energy.size else np.zeros(1)
    return (
        np.concatenate([[0.0], share, [1.0]]),
        np.concatenate([[0.0], energy, last_energy]),
        weight,
    )


def _kept(weight: FloatArray, most: int) -> NDArray[np.bool_]:
    """Mark the piece ends to keep: first, last, and bends at equal intervals of falling slope.

    weight: [bend], the fall in slope there; the result is [bend + 2].
    """
    class_of = np.arange(len(weight))
    if len(weight) > most:
        class_of = np.floor(np.cumsum(weight) / weight.sum() * most)
    last_of_class = np.diff(class_of, append=np.inf) > 0
    return np.concatenate([[True], last_of_class, [True]])

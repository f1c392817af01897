"""What a consumer gets of a static share, as a function of that share: a concave line of pieces.

With the share k of the pool P, a consumer gets min(k·P, C) in each step, so f(k) = Σ min(k·P, C).
Each step adds a straight line that bends once, at k = C/P, and stays flat. So the steps need not
be variables of the search: a year of them is the slopes of one function, and steps with the same
C/P, or nearly, are one piece.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.allocation.domain.kernels import IntArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pieces:
    """f from k = 0 to 1: pieces of some width (in k), with slopes (watt-minutes per k) that fall.

    Never above the true f: where several bends became one piece, it is the chord between its ends.
    """

    width: FloatArray
    slope_wmin: FloatArray

    @property
    def reach_wmin(self) -> float:
        """f(1): what the consumer would get if it had all the production."""
        return float(self.width @ self.slope_wmin)

    def energy_of(self, share: float) -> float:
        """f(share)."""
        before = np.cumsum(self.width) - self.width
        return float(np.clip(share - before, 0, self.width) @ self.slope_wmin)

    def share_for(self, energy_wmin: float) -> float:
        """The smallest k with f(k) = energy_wmin."""
        share, missing = 0.0, energy_wmin
        for width, slope in zip(self.width.tolist(), self.slope_wmin.tolist(), strict=True):
            if missing <= 0 or slope <= 0:
                break
            used = min(width, missing / slope)
            share, missing = share + used, missing - used * slope
        return share


def pieces_of(pool_wmin: IntArray, consumption_wmin: IntArray, *, most: int) -> Pieces:
    """The function of one consumer over all steps, in about ``most`` pieces or fewer."""
    share, energy, weight = _bends(pool_wmin, consumption_wmin)
    kept = _kept(weight, most)
    width, rise = np.diff(share[kept]), np.diff(energy[kept])
    wide = width > 0
    return Pieces(width[wide], rise[wide] / width[wide])


def most_above(pool_wmin: IntArray, consumption_wmin: IntArray, price_wmin: float) -> float:
    """The largest f(k) - price·k, of the true f."""
    share, energy, _ = _bends(pool_wmin, consumption_wmin)
    return float((energy - price_wmin * share).max())


def _bends(
    pool_wmin: IntArray, consumption_wmin: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """K and f(k) at 0, at each bend and at 1: [bend + 2]; by how much the slope falls: [bend]."""
    producing = pool_wmin > 0
    pool = pool_wmin[producing].astype(np.float64)
    bends = np.minimum(consumption_wmin[producing] / pool, 1.0)
    order = np.argsort(bends, kind="stable")
    share, weight = bends[order], pool[order]
    # At a bend, the steps before it give their whole consumption and the others k·P.
    energy = np.cumsum(share * weight) + share * (pool.sum() - np.cumsum(weight))
    last = energy[-1:] if energy.size else np.zeros(1)
    return (
        np.concatenate([[0.0], share, [1.0]]),
        np.concatenate([[0.0], energy, last]),
        weight,
    )


def _kept(weight: FloatArray, most: int) -> NDArray[np.bool_]:
    """Which ends of pieces stay: the first and last, and bends between which the slope falls alike.

    weight: [bend], by how much the slope falls there; the result is [bend + 2].
    """
    class_of = np.arange(len(weight))
    if len(weight) > most:
        class_of = np.floor(np.cumsum(weight) / weight.sum() * most)
    last_of_class = np.diff(class_of, append=np.inf) > 0
    return np.concatenate([[True], last_of_class, [True]])

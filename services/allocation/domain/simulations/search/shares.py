"""The static shares that share the most energy, or save the most, by linear programming (HiGHS)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.simulations.problems import SearchHopeless
from services.allocation.domain.simulations.running import Tick
from services.allocation.domain.simulations.scenario import Curves
from services.allocation.domain.simulations.search.concave import (
    LinearPieces,
    most_above,
    pieces_of,
)
from services.allocation.domain.simulations.search.programme import Programme, Solved

_MOST_PIECES = 60_000
"""For all consumers together; a programme of that size is solved in a few seconds."""
_MOST_PIECES_EACH = 200
_DECIMALS = 4
_UNITS = 10**_DECIMALS
_NOISE = 1e-6
_TOLERANCE = 0.001
_ATTEMPTS = 3


@dataclass(frozen=True)
class Bounds:
    """The constraints on a proposed key.

    coverage_ratio: no coverage is below this ratio of the operation's (its self-sufficiency rate),
    except for consumers that use nothing while there is production. min_share and max_share: of
    each consumer.
    """

    coverage_ratio: float = 0.0
    min_share: Decimal = Decimal(0)
    max_share: Decimal = Decimal(1)


@dataclass(frozen=True)
class ProposedShares:
    """shares: with four decimals, sum at most 1.

    at_most_wmin: no static key without redistribution shares more than that, with or without
    bounds.
    """

    shares: Mapping[Prm, Decimal]
    at_most_wmin: int

    @property
    def definition(self) -> dict[str, object]:
        """The definition of the static key."""
        shares = {prm: str(share) for prm, share in self.shares.items()}
        return {"type": "static", "shares": shares, "redistribute": False}


def propose_shares(
    curves: Curves,
    worth: Mapping[Prm, Decimal],
    bounds: Bounds = Bounds(),
    tick: Tick = lambda: None,
) -> ProposedShares:
    """Maximise Σ worth × shared energy; worth: of a shared kWh, by consumer.

    Exact except for two roundings: the steps of a consumer with more than 200 different ones (fewer
    if there are many consumers) are merged, and shares are rounded. The bound on coverage is then
    checked on all steps. Raises SearchHopeless, or what tick raises, which is called before each of
    at most three attempts.
    """
    consumers = sorted(curves.consumptions)
    _check(bounds, worth, consumers)
    pool = np.sum(list(curves.productions.values()), axis=0)
    most = max(10, min(_MOST_PIECES_EACH, _MOST_PIECES // len(consumers)))
    pieces = [pieces_of(pool, curves.consumptions[prm], most=most) for prm in consumers]
    if not any(consumer_pieces.reach_wmin for consumer_pieces in pieces):
        raise SearchHopeless("Nobody consumes anything while there is production.")
    programme = Programme(
        pieces=pieces,
        worth=[float(worth[prm]) for prm in consumers],
        consumption_wmin=[int(curves.consumptions[prm].sum()) for prm in consumers],
        coverage_ratio=bounds.coverage_ratio,
        least_share=float(bounds.min_share),
        most_share=float(bounds.max_share),
    )
    consumptions = [curves.consumptions[prm] for prm in consumers]
    shares = _fair(programme, _Truth(pool, consumptions), tick)
    return ProposedShares(
        dict(zip(consumers, shares, strict=True)), _at_most_wmin(curves, pool, pieces)
    )


def _check(bounds: Bounds, worth: Mapping[Prm, Decimal], consumers: Sequence[Prm]) -> None:
    if bounds.min_share * len(consumers) > 1:
        raise SearchHopeless(
            f"{len(consumers)} consumers with a share of at least {bounds.min_share} are above 1."
        )
    if max(worth[prm] for prm in consumers) <= 0:
        raise SearchHopeless("Nobody saves anything: local energy is not cheaper for anyone.")


@dataclass(frozen=True, eq=False)
class _Truth:
    """The energy that shares really give, step by step; consumption_wmin: by consumer, [step]."""

    pool_wmin: IntArray
    consumption_wmin: Sequence[IntArray]

    def lacking(self, shares: Sequence[Decimal], coverage_ratio: float) -> float:
        """Return by how much the worst coverage is below the bound; 0 if it is not.

        Rounding is tolerated: a thousandth, plus what one more unit of share would add.
        """
        needs = [int(energy_wmin.sum()) for energy_wmin in self.consumption_wmin]
        coverage = sum(map(self._energy, self.consumption_wmin, map(float, shares))) / sum(needs)
        least_coverage = coverage_ratio * coverage - _TOLERANCE
        lacking = [
            least_coverage - self._energy(energy_wmin, float(share) + 1 / _UNITS) / need
            for energy_wmin, share, need in zip(self.consumption_wmin, shares, needs, strict=True)
            if self._energy(energy_wmin, 1.0)
        ]
        return max([0.0, *lacking])

    def _energy(self, consumption_wmin: IntArray, share: float) -> float:
        return float(np.minimum(share * self.pool_wmin, consumption_wmin).sum())


def _fair(programme: Programme, truth: _Truth, tick: Tick) -> list[Decimal]:
    """Return the programme's shares, rounded; solve it again where rounding broke the bound."""
    stricter_programme = programme
    for _ in range(_ATTEMPTS):
        tick()
        solved = stricter_programme.solve()
        shares = _rounded(
            _without_waste(stricter_programme.pieces, solved, stricter_programme.least_share)
        )
        lacking = truth.lacking(shares, programme.coverage_ratio)
        if not lacking:
            return shares
        stricter_programme = replace(
            stricter_programme,
            coverage_ratio=min(1.0, stricter_programme.coverage_ratio + 2 * lacking),
        )
    raise SearchHopeless(
        "Shares of four decimals do not keep min_coverage_ratio: take a lower one."
    )


def _without_waste(
    pieces: Sequence[LinearPieces], solved: Solved, least_share: float
) -> list[float]:
    """Return the smallest shares that give the solved energies.

    The programme may leave a part of a share unused to keep the average low; the meter does not.
    """
    return [
        max(least_share, min(share, consumer_pieces.share_for(energy)))
        for consumer_pieces, share, energy in zip(
            pieces, solved.share, solved.energy_wmin, strict=True
        )
    ]


def _rounded(shares: Sequence[float]) -> list[Decimal]:
    """Round to four decimals, by largest remainder, the total rounded down."""
    # A solver's 0.99999999 is one; its 1.00000001 too.
    units = [share * _UNITS + _NOISE for share in shares]
    rounded = [int(unit) for unit in units]
    units_left = min(_UNITS, int(sum(units) + 1e-3)) - sum(rounded)
    rows_by_remainder = sorted(range(len(units)), key=lambda row: (rounded[row] - units[row], row))
    for row in rows_by_remainder[:units_left]:
        rounded[row] += 1
    return [Decimal(unit).scaleb(-_DECIMALS) for unit in rounded]


def _at_most_wmin(curves: Curves, pool: IntArray, pieces: Sequence[LinearPieces]) -> int:
    """Bound what any static key shares: by duality, from the price of a share.

    Whatever the price, the best key shares at most price + Σ max(f(k) - price·k); the slope of the
    piece at which the steepest ones add up to 1 makes that bound tight.
    """
    width = np.concatenate([consumer_pieces.width for consumer_pieces in pieces])
    slope = np.concatenate([consumer_pieces.slope_wmin for consumer_pieces in pieces])
    order = np.argsort(-slope, kind="stable")
    last_piece = int(np.searchsorted(np.cumsum(width[order]), 1.0))
    price = float(slope[order][min(last_piece, len(order) - 1)])
    above = sum(most_above(pool, energy, price) for energy in curves.consumptions.values())
    return math.ceil(price + above)

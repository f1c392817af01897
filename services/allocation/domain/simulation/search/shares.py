"""The static shares that share the most energy, or save the most, by linear programming (HiGHS)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.simulation.problems import SearchHopeless
from services.allocation.domain.simulation.running import Tick
from services.allocation.domain.simulation.scenario import Curves
from services.allocation.domain.simulation.search.concave import Pieces, most_above, pieces_of
from services.allocation.domain.simulation.search.programme import Programme, Solved

_MOST_PIECES = 60_000
"""Of all consumers together; a programme of that size is solved in a few seconds."""
_MOST_PIECES_EACH = 200
_DECIMALS = 4
_UNITS = 10**_DECIMALS
_NOISE = 1e-6
_TOLERANCE = 0.001
_ATTEMPTS = 3


@dataclass(frozen=True)
class Bounds:
    """What a proposed key must respect.

    coverage_ratio: nobody's coverage is below so many times the operation's (its self-sufficiency
    rate), but for those who consume nothing while there is production. min_share and max_share: of
    each consumer.
    """

    coverage_ratio: float = 0.0
    min_share: Decimal = Decimal(0)
    max_share: Decimal = Decimal(1)


@dataclass(frozen=True)
class ProposedShares:
    """shares: with four decimals, sum at most 1.

    at_most_wmin: no static key without redistribution shares more than that, bounds or not.
    """

    shares: Mapping[Prm, Decimal]
    at_most_wmin: int

    @property
    def definition(self) -> dict[str, object]:
        """As a sharing key is written."""
        shares = {prm: str(share) for prm, share in self.shares.items()}
        return {"type": "static", "shares": shares, "redistribute": False}


def propose_shares(
    curves: Curves,
    worth: Mapping[Prm, Decimal],
    bounds: Bounds = Bounds(),
    tick: Tick = lambda: None,
) -> ProposedShares:
    """Maximise Σ worth × shared energy; worth: of a shared kWh, by consumer.

    Exact but for two roundings: a consumer with more than 200 different steps (fewer where there
    are many consumers) has them merged, and shares are rounded. That the bound on coverage is kept
    all the same is looked up on all steps. Raises SearchHopeless, or what tick does: it is called
    before each try, of which there are three at most.
    """
    consumers = sorted(curves.consumptions)
    _check(bounds, worth, consumers)
    pool = np.sum(list(curves.productions.values()), axis=0)
    most = max(10, min(_MOST_PIECES_EACH, _MOST_PIECES // len(consumers)))
    pieces = [pieces_of(pool, curves.consumptions[prm], most=most) for prm in consumers]
    if not any(one.reach_wmin for one in pieces):
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
    """What shares really give, step by step; consumption_wmin: by consumer, [step]."""

    pool_wmin: IntArray
    consumption_wmin: Sequence[IntArray]

    def lacking(self, shares: Sequence[Decimal], coverage_ratio: float) -> float:
        """By how much the worst coverage is below the bound; 0 if it is not.

        Rounding is forgiven: a thousandth, and what one more unit of share would mend.
        """
        needs = [int(one.sum()) for one in self.consumption_wmin]
        of_all = sum(map(self._energy, self.consumption_wmin, map(float, shares))) / sum(needs)
        wanted = coverage_ratio * of_all - _TOLERANCE
        lacking = [
            wanted - self._energy(one, float(share) + 1 / _UNITS) / need
            for one, share, need in zip(self.consumption_wmin, shares, needs, strict=True)
            if self._energy(one, 1.0)
        ]
        return max([0.0, *lacking])

    def _energy(self, consumption_wmin: IntArray, share: float) -> float:
        return float(np.minimum(share * self.pool_wmin, consumption_wmin).sum())


def _fair(programme: Programme, truth: _Truth, tick: Tick) -> list[Decimal]:
    """The shares of the programme, rounded; asked for more where rounding cost the bound."""
    asked = programme
    for _ in range(_ATTEMPTS):
        tick()
        solved = asked.solve()
        shares = _rounded(_without_waste(asked.pieces, solved, asked.least_share))
        lacking = truth.lacking(shares, programme.coverage_ratio)
        if not lacking:
            return shares
        asked = replace(asked, coverage_ratio=min(1.0, asked.coverage_ratio + 2 * lacking))
    raise SearchHopeless(
        "Shares of four decimals do not keep min_coverage_ratio: take a lower one."
    )


def _without_waste(pieces: Sequence[Pieces], solved: Solved, least_share: float) -> list[float]:
    """The smallest shares that give the energies found.

    The programme may leave a part of a share unused to keep the average low; the meter does not.
    """
    return [
        max(least_share, min(share, one.share_for(energy)))
        for one, share, energy in zip(pieces, solved.share, solved.energy_wmin, strict=True)
    ]


def _rounded(shares: Sequence[float]) -> list[Decimal]:
    """Four decimals, by largest remainder, the total rounded down."""
    # A solver's 0.99999999 is one; its 1.00000001 too.
    units = [share * _UNITS + _NOISE for share in shares]
    rounded = [int(one) for one in units]
    left = min(_UNITS, int(sum(units) + 1e-3)) - sum(rounded)
    owed = sorted(range(len(units)), key=lambda row: (rounded[row] - units[row], row))
    for row in owed[:left]:
        rounded[row] += 1
    return [Decimal(one).scaleb(-_DECIMALS) for one in rounded]


def _at_most_wmin(curves: Curves, pool: IntArray, pieces: Sequence[Pieces]) -> int:
    """Not even the best key without any bound shares more: by duality, from the price of a share.

    Whatever the price, the best is at most price + Σ max(f(k) - price·k); the slope of the piece at
    which the steepest ones add up to 1 makes that tight.
    """
    width = np.concatenate([one.width for one in pieces])
    slope = np.concatenate([one.slope_wmin for one in pieces])
    order = np.argsort(-slope, kind="stable")
    last = int(np.searchsorted(np.cumsum(width[order]), 1.0))
    price = float(slope[order][min(last, len(order) - 1)])
    above = sum(most_above(pool, energy, price) for energy in curves.consumptions.values())
    return math.ceil(price + above)

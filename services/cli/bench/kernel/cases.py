"""A year of one operation, by each key: the time it takes here, and in OpenEnergyID."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.keys import DefaultDynamic, SharingKey, Static
from services.cli.bench.kernel.year import YearCurves

PEER = "openenergyid"

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Case:
    """at_least and goal: the required and the desired factor of our speed over the peer's."""

    name: str
    key: SharingKey
    peer_method: str
    peer: Callable[[], Callable[[], NDArray[np.float64]]] | None
    at_least: int
    goal: int


@dataclass(frozen=True)
class Timing:
    """Medians; the peer's figures are None if it is not installed."""

    case: Case
    own_s: float
    peer_s: float | None
    largest_difference_wmin: float | None

    @property
    def times_as_fast(self) -> float | None:
        return self.peer_s / self.own_s if self.peer_s is not None else None


def cases_of(year: YearCurves) -> list[Case]:
    """Return the cases. The peer's frames are made here, so that their input is not timed."""
    relative = optimal = None
    if find_spec(PEER):
        from services.cli.bench.kernel import peer  # noqa: PLC0415 - seconds, for developers only

        relative, optimal = peer.relative(year), peer.optimal(year)
    redistribution = Static(year.shares, redistribute=True)
    return [
        Case("default dynamic", DefaultDynamic(), "RELATIVE", relative, at_least=1, goal=2),
        Case("static, redistributed", redistribution, "OPTIMAL", optimal, at_least=3, goal=10),
    ]


def time_case(case: Case, year: YearCurves, *, runs: int, on_turn: Callable[[], None]) -> Timing:
    """Take turns with the peer, so that other work of the machine disturbs both.

    Processor time of all threads is counted, for the same reason; neither side uses more than one.
    The first run of each is not counted. on_turn: called after every turn.
    """
    own_s, peer_s = [], []
    for _ in range(runs + 1):
        seconds, ours = _timed(lambda: allocate(year.productions, year.consumptions, case.key))
        own_s.append(seconds)
        if case.peer:
            seconds, theirs = _timed(case.peer)
            peer_s.append(seconds)
        on_turn()
    return Timing(
        case,
        statistics.median(own_s[1:]),
        statistics.median(peer_s[1:]) if case.peer else None,
        _largest_difference(ours, theirs()) if case.peer else None,
    )


def _timed(act: Callable[[], _Result]) -> tuple[float, _Result]:
    started_s = time.process_time()
    result = act()
    return time.process_time() - started_s, result


def _largest_difference(ours: Allocation, theirs: NDArray[np.float64]) -> float:
    return float(np.abs(ours.allocated_wmin - theirs).max())

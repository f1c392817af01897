"""Runs a scenario with the engine that makes the real shares, a batch of steps at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import SharingKey, check_steps
from services.allocation.domain.simulations.outcome import (
    ConsumerOutcome,
    ProducerOutcome,
    ScenarioOutcome,
)
from services.allocation.domain.simulations.prices import Prices
from services.allocation.domain.simulations.scenario import Curves, Span

_PART_CELLS = 400_000
"""Shares held in memory at once: 3 MB, and a multiple of that during computation."""

Tick = Callable[[], None]
"""Called after each batch; whatever it raises stops the simulation."""


def run(
    name: str, curves: Curves, spans: Sequence[Span], prices: Prices, tick: Tick
) -> ScenarioOutcome:
    """Share the curves, each span by its key.

    Raises NothingToAllocate, KeyIncomplete, CoefficientStepUnfit, or what tick raises.
    """
    _check_steps(curves, spans)
    taken_wmin: IntArray = np.zeros(len(curves.consumptions), dtype=np.int64)
    given_wmin: IntArray = np.zeros(len(curves.productions), dtype=np.int64)
    for steps, key in _parts(curves, spans):
        if key is not None:
            allocation = allocate(
                {prm: energy[steps] for prm, energy in curves.productions.items()},
                {prm: energy[steps] for prm, energy in curves.consumptions.items()},
                key,
                starts_epoch_min=curves.starts_epoch_min[steps],
            )
            taken_wmin += allocation.allocated_wmin.sum(axis=1)
            given_wmin += allocation.given_wmin.sum(axis=1)
        tick()
    return ScenarioOutcome(
        name=name,
        consumers=[
            ConsumerOutcome(prm, metered, shared, prices.savings_cents(prm, shared))
            for prm, metered, shared in _sums(curves.consumptions, taken_wmin)
        ],
        producers=[
            ProducerOutcome(
                prm,
                metered,
                shared,
                prices.revenue_cents(sold_wmin=shared, surplus_wmin=metered - shared),
            )
            for prm, metered, shared in _sums(curves.productions, given_wmin)
        ],
    )


def count_parts(*, steps: int, producers: int, consumers: int) -> int:
    """Return how many times a run will tick, when one key shares all steps."""
    return -(-steps // _steps_of_part(producers, consumers))


def _parts(curves: Curves, spans: Sequence[Span]) -> Iterator[tuple[slice, SharingKey | None]]:
    size = _steps_of_part(len(curves.productions), len(curves.consumptions))
    for span in spans:
        for first in range(span.first, span.end, size):
            yield slice(first, min(first + size, span.end)), span.key


def _check_steps(curves: Curves, spans: Sequence[Span]) -> None:
    for span in spans:
        if span.key is not None:
            steps = slice(span.first, span.end)
            check_steps(
                span.key,
                starts_epoch_min=curves.starts_epoch_min[steps],
                step_min=curves.step_min[steps],
            )


def _steps_of_part(producers: int, consumers: int) -> int:
    return max(1, _PART_CELLS // max(1, producers * consumers))


def _sums(curves: Mapping[Prm, IntArray], shared_wmin: IntArray) -> Iterator[tuple[Prm, int, int]]:
    """Yield prm, metered and shared energy, in prm order, which is the engine's."""
    for prm, shared in zip(sorted(curves), shared_wmin.tolist(), strict=True):
        yield prm, int(curves[prm].sum()), shared

"""Invented operations: a few points over a few steps, from one watt-minute to 10 MW, and keys."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Key,
    Priority,
    Static,
)
from services.allocation.domain.keys.coefficients import read_coefficients

BILLION = 10**9
TEN_MEGAWATT_HOUR_WMIN = 10**7 * 60

_ENERGY = st.one_of(st.integers(0, 12), st.integers(0, TEN_MEGAWATT_HOUR_WMIN))


@dataclass(frozen=True, eq=False)
class Case:
    productions: dict[Prm, IntArray]
    consumptions: dict[Prm, IntArray]
    first_start_min: int = 29_000_000

    @property
    def steps(self) -> int:
        return len(next(iter(self.productions.values())))

    @property
    def starts(self) -> IntArray:
        return self.first_start_min + 30 * np.arange(self.steps, dtype=np.int64)

    @property
    def consumers(self) -> list[Prm]:
        return list(self.consumptions)

    def reversed(self) -> "Case":
        return Case(
            dict(reversed(self.productions.items())), dict(reversed(self.consumptions.items()))
        )

    def allocate(self, key: Key) -> Allocation:
        return allocate(self.productions, self.consumptions, key, starts_epoch_min=self.starts)


def _curve(energy_wmin: list[int]) -> IntArray:
    return np.array(energy_wmin, dtype=np.int64)


@st.composite
def cases(draw: st.DrawFn, max_producers: int = 5, max_consumers: int = 6) -> Case:
    steps = draw(st.integers(1, 4))
    curve = st.lists(_ENERGY, min_size=steps, max_size=steps).map(_curve)
    producers = draw(st.integers(1, max_producers))
    consumers = draw(st.integers(1, max_consumers))
    order = draw(st.permutations(range(consumers)))
    return Case(
        {Prm(f"{90 + i:014}"): draw(curve) for i in range(producers)},
        {Prm(f"{i:014}"): draw(curve) for i in order},
    )


@st.composite
def shares(draw: st.DrawFn, points: list[Prm]) -> dict[Prm, Decimal]:
    """Decimal shares that add up to 1 at most, and often exactly."""
    parts = [draw(st.integers(0, 1000)) for _ in points]
    total = sum(parts) + draw(st.sampled_from([0, 0, 1, 500]))
    cut = [BILLION * part // max(total, 1) for part in parts]
    return dict(zip(points, [Decimal(part).scaleb(-9) for part in cut], strict=True))


@st.composite
def keys(draw: st.DrawFn, case: Case) -> Key:
    """A key of any type that fits the case."""
    key_type = draw(st.sampled_from(["default", "static", "priority", "dynamic", "full_dynamic"]))
    if key_type == "default":
        return DefaultDynamic()
    if key_type == "static":
        return Static(draw(shares(case.consumers)), redistribute=draw(st.booleans()))
    if key_type == "priority":
        order = draw(st.permutations(case.consumers))
        cut = draw(st.integers(0, len(order)))
        return Priority([rank for rank in (order[:cut], order[cut:]) if rank])
    if key_type == "dynamic":
        return draw(dynamic_keys(case))
    return draw(full_dynamic_keys(case))


@st.composite
def dynamic_keys(draw: st.DrawFn, case: Case) -> Dynamic:
    rows = [
        (start, taker, f"{share:.9f}")
        for start in stamps(case.starts)
        for taker, share in draw(shares(case.consumers)).items()
    ]
    frame = pl.DataFrame(rows, schema=["start", "consumer", "share"], orient="row")
    return Dynamic(read_coefficients(frame, by_producer=False))


@st.composite
def full_dynamic_keys(draw: st.DrawFn, case: Case) -> FullDynamic:
    rows = [
        (start, giver, taker, f"{share:.9f}")
        for start in stamps(case.starts)
        for giver in case.productions
        for taker, share in draw(shares(case.consumers)).items()
    ]
    frame = pl.DataFrame(rows, schema=["start", "producer", "consumer", "share"], orient="row")
    return FullDynamic(read_coefficients(frame, by_producer=True))


def stamps(starts_epoch_min: IntArray) -> list[str]:
    instants = pl.from_epoch(pl.Series(starts_epoch_min * 60))
    return instants.dt.strftime("%Y-%m-%dT%H:%M:%SZ").to_list()

"""Invented operations: a few points over a few steps, from one watt-minute to 10 MW, and keys."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import numpy as np
import polars as pl
from hypothesis import strategies as st

from libs.common.day_kinds import DayKind
from libs.common.ids import Prm
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Priority,
    SharingKey,
    Static,
)
from services.allocation.domain.keys.coefficients import read_coefficients
from services.allocation.domain.keys.ranks import Rank, WeightedRank
from services.allocation.domain.keys.schedules import ClockWindow, RankSchedule

BILLION = 10**9
TEN_MEGAWATT_HOUR_WMIN = 10**7 * 60

_ENERGY = st.one_of(st.integers(0, 12), st.integers(0, TEN_MEGAWATT_HOUR_WMIN))


@dataclass(frozen=True, eq=False)
class Case:
    productions: dict[Prm, IntArray]
    consumptions: dict[Prm, IntArray]
    first_start_min: int = 29_000_000
    step_min: int = 30

    @property
    def steps(self) -> int:
        return len(next(iter(self.productions.values())))

    @property
    def starts(self) -> IntArray:
        return self.first_start_min + self.step_min * np.arange(self.steps, dtype=np.int64)

    @property
    def consumers(self) -> list[Prm]:
        return list(self.consumptions)

    def reversed(self) -> "Case":
        return replace(
            self,
            productions=dict(reversed(self.productions.items())),
            consumptions=dict(reversed(self.consumptions.items())),
        )

    def mapped(self, change: Callable[[IntArray], IntArray]) -> "Case":
        return replace(
            self,
            productions={prm: change(curve) for prm, curve in self.productions.items()},
            consumptions={prm: change(curve) for prm, curve in self.consumptions.items()},
        )

    def alone(self, step: int) -> "Case":
        case = self.mapped(lambda curve: curve[step : step + 1])
        return replace(case, first_start_min=int(self.starts[step]))

    def cut(self, parts: int) -> "Case":
        """Steps of a part of the length, each with the energy that the whole step has here."""
        finer = self.mapped(lambda curve: np.repeat(curve, parts))
        return replace(finer, step_min=self.step_min // parts)

    def allocate(self, key: SharingKey) -> Allocation:
        return allocate(self.productions, self.consumptions, key, starts_epoch_min=self.starts)


def _curve(energy_wmin: list[int]) -> IntArray:
    return np.array(energy_wmin, dtype=np.int64)


def _minutes(instant: datetime) -> int:
    return int(instant.timestamp()) // 60


_NOTABLE = [
    datetime(2026, 3, 28, 22, 30, tzinfo=UTC),  # midnight before the clocks go forward
    datetime(2026, 3, 29, 0, tzinfo=UTC),  # the hour before they do
    datetime(2026, 10, 25, 0, tzinfo=UTC),  # the first of two hours called 02:00
    datetime(2026, 12, 31, 22, tzinfo=UTC),  # into a public holiday
    datetime(2026, 5, 24, 21, tzinfo=UTC),  # into Whit Monday
]
_STARTS = st.one_of(
    st.sampled_from(_NOTABLE).map(_minutes),
    st.integers(_minutes(datetime(2024, 1, 1, tzinfo=UTC)) // 30, 60_000_000 // 30).map(
        lambda half_hour: half_hour * 30
    ),
)


@st.composite
def cases(draw: st.DrawFn, max_producers: int = 5, max_consumers: int = 6) -> Case:
    """Often with a point on both sides: a battery that charges and discharges."""
    steps = draw(st.integers(1, 4))
    curve = st.lists(_ENERGY, min_size=steps, max_size=steps).map(_curve)
    producers = [Prm(f"99{90 + i:012}") for i in range(draw(st.integers(1, max_producers)))]
    consumers = [Prm(f"99{i:012}") for i in range(draw(st.integers(1, max_consumers)))]
    if draw(st.booleans()):
        consumers[-1] = producers[0]
    return Case(
        {prm: draw(curve) for prm in producers},
        {prm: draw(curve) for prm in draw(st.permutations(consumers))},
        first_start_min=draw(_STARTS),
    )


@st.composite
def shares(draw: st.DrawFn, points: list[Prm]) -> dict[Prm, Decimal]:
    """Decimal shares that add up to 1 at most, and often exactly."""
    parts = [draw(st.integers(0, 1000)) for _ in points]
    total = sum(parts) + draw(st.sampled_from([0, 0, 1, 500]))
    cut = [BILLION * weight // max(total, 1) for weight in parts]
    return dict(zip(points, [Decimal(billionths).scaleb(-9) for billionths in cut], strict=True))


@st.composite
def keys(draw: st.DrawFn, case: Case) -> SharingKey:
    """A key of any type that fits the case."""
    key_type = draw(st.sampled_from(["default", "static", "priority", "dynamic", "full_dynamic"]))
    if key_type == "default":
        return DefaultDynamic()
    if key_type == "static":
        return Static(draw(shares(case.consumers)), redistribute=draw(st.booleans()))
    if key_type == "priority":
        return draw(priority_keys(case.consumers))
    if key_type == "dynamic":
        return draw(dynamic_keys(case))
    return draw(full_dynamic_keys(case))


@st.composite
def priority_keys(draw: st.DrawFn, points: list[Prm]) -> Priority:
    """Ranks of lists and of weights, which often change with the time."""
    return Priority(draw(_ranks(points)), draw(st.lists(_schedules(points), max_size=3)))


@st.composite
def _ranks(draw: st.DrawFn, points: list[Prm]) -> list[Rank]:
    """Of some of the points, and of one that does not take part."""
    order = draw(st.permutations([*points, Prm("99" * 7)]))
    consumers = order[: draw(st.integers(1, len(order)))]
    cuts = sorted(draw(st.sets(st.integers(1, len(consumers)), max_size=2)) | {0, len(consumers)})
    return [draw(_rank(list(consumers[first:end]))) for first, end in pairwise(cuts)]


@st.composite
def _rank(draw: st.DrawFn, points: list[Prm]) -> Rank:
    if draw(st.booleans()):
        return points
    weight = st.tuples(st.integers(1, 700_000), st.integers(0, 9))
    return WeightedRank({prm: Decimal(w).scaleb(-e) for prm in points for w, e in [draw(weight)]})


@st.composite
def _schedules(draw: st.DrawFn, points: list[Prm]) -> RankSchedule:
    return RankSchedule(
        draw(_ranks(points)),
        months=draw(st.sets(st.integers(1, 12), max_size=8)),
        days=draw(st.sets(st.sampled_from(DayKind), max_size=4)),
        hours=draw(st.lists(_windows, max_size=2)),
    )


_windows = (
    st.tuples(st.integers(0, 47), st.integers(0, 48))
    .filter(lambda ends: ends[0] != ends[1])
    .map(lambda ends: ClockWindow(ends[0] * 30, ends[1] * 30))
)


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

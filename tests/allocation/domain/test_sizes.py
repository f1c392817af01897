"""Every type of key from one consumer to 2,000, in the dark and with nobody at home."""

from decimal import Decimal

import numpy as np
import pytest

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
from services.allocation.domain.keys.coefficients import Coefficients
from services.allocation.domain.keys.fractions import ONE
from services.allocation.domain.keys.ranks import WeightedRank
from services.allocation.domain.keys.schedules import ClockWindow, RankSchedule

STARTS = 29_000_010 + 30 * np.arange(48, dtype=np.int64)
PRODUCERS = [Prm(f"99{i:012}") for i in (90_001, 90_002)]


def _consumers(count: int) -> list[Prm]:
    return [Prm(f"99{i:012}") for i in range(count)]


def _keys(consumers: list[Prm]) -> dict[str, SharingKey]:
    """A key of each kind; shares are equal, and add up to 1 but for rounding."""
    shares = dict.fromkeys(consumers, Decimal(ONE // len(consumers)).scaleb(-9))
    in_ranks = [[prm] for prm in consumers]
    in_the_evening = RankSchedule([consumers], hours=[ClockWindow(18 * 60, 24 * 60)])
    return {
        "default": DefaultDynamic(),
        "static": Static(shares),
        "redistribute": Static(shares, redistribute=True),
        "dynamic": Dynamic(_coefficients((Prm(""),), consumers)),
        "full dynamic": FullDynamic(_coefficients(tuple(PRODUCERS), consumers)),
        "ranks": Priority(in_ranks),
        "weights": Priority([WeightedRank(shares)]),
        "schedules": Priority(in_ranks, [in_the_evening]),
    }


def _coefficients(producers: tuple[Prm, ...], consumers: list[Prm]) -> Coefficients:
    shape = (len(producers), len(consumers), len(STARTS))
    return Coefficients(
        starts_epoch_min=STARTS,
        producers=producers,
        consumers=tuple(consumers),
        share_billionths=np.full(shape, ONE // len(consumers), dtype=np.int64),
    )


def _allocate(name: str, count: int, produced_wmin: int, consumed_wmin: int) -> Allocation:
    consumers = _consumers(count)
    allocation = allocate(
        {prm: _flat(produced_wmin) for prm in PRODUCERS},
        {prm: _flat(consumed_wmin) for prm in consumers},
        _keys(consumers)[name],
        starts_epoch_min=STARTS,
    )
    shares = allocation.shares_wmin
    metered = allocation.metered
    assert (shares.sum(axis=0) + allocation.complement_wmin == metered.consumption_wmin).all()
    assert (shares.sum(axis=1) + allocation.surplus_wmin == metered.production_wmin).all()
    return allocation


def _flat(energy_wmin: int) -> IntArray:
    return np.full(len(STARTS), energy_wmin, dtype=np.int64)


TYPES = list(_keys(_consumers(1)))


@pytest.mark.parametrize("name", TYPES)
def test_one_consumer_gets_all_it_can_use(name: str) -> None:
    assert _allocate(name, 1, 1_000, 3_000).allocated_wmin.tolist() == [[2_000] * 48]
    assert _allocate(name, 1, 1_000, 1_501).allocated_wmin.tolist() == [[1_501] * 48]


@pytest.mark.parametrize("name", TYPES)
def test_two_thousand_consumers_share_what_there_is(name: str) -> None:
    allocation = _allocate(name, 2_000, 1_000_000, 30_000)

    assert (allocation.allocated_wmin.sum(axis=0) == 2_000_000).all()


@pytest.mark.parametrize("name", TYPES)
def test_in_the_dark_and_with_nobody_at_home_nothing_is_shared(name: str) -> None:
    dark, nobody = _allocate(name, 3, 0, 1_000), _allocate(name, 3, 1_000, 0)

    assert not dark.shares_wmin.any()
    assert not nobody.shares_wmin.any()
    assert (nobody.surplus_wmin == 1_000).all()

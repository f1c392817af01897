"""Our integers against OpenEnergyID's floats (PyPI ``openenergyid``, the Belgian sharing protocol).

Where no point is on both sides, its *fixed* method is our static key; fed with each consumer's
part of consumption it is the default key, and so is its *relative* method; its *optimal*
method, relative again and again with those still thirsty, is redistribution. Rounding explains the
differences: a unit per consumer, and for a producer's surplus one more for what each floor leaves.
"""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from openenergyid.energysharing.data_formatting import create_multi_index_input_frame
from openenergyid.energysharing.main import calculate
from openenergyid.energysharing.models import CalculationMethod

from libs.common.ids import Prm
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.keys import DefaultDynamic, SharingKey, Static

PRODUCERS = [Prm(f"99{i:012}") for i in (91, 92, 93)]
CONSUMERS = [Prm(f"99{i:012}") for i in range(1, 7)]
SHARES = dict(zip(CONSUMERS, ["0.3", "0.25", "0.2", "0.15", "0.06", "0.04"], strict=True))
STEPS = 96


@pytest.fixture(params=[1, 2, 3], ids=lambda seed: f"seed {seed}")
def metered(request: pytest.FixtureRequest) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A day of 15-minute steps, in watt-minutes: productions and consumptions by point."""
    random = np.random.default_rng(request.param)
    produced = random.integers(0, 36_000, (STEPS, len(PRODUCERS))) * 15
    consumed = random.integers(0, 9_000, (STEPS, len(CONSUMERS))) * 15
    produced[:10], consumed[20] = 0, 0
    return pd.DataFrame(produced, columns=PRODUCERS), pd.DataFrame(consumed, columns=CONSUMERS)


def test_fixed_is_the_static_key(metered: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    _compare(metered, CalculationMethod.FIXED, _constant_key, Static(_decimals()))


@pytest.mark.parametrize("method", [CalculationMethod.FIXED, CalculationMethod.RELATIVE])
def test_fixed_or_relative_by_consumption_is_the_default_key(
    metered: tuple[pd.DataFrame, pd.DataFrame], method: CalculationMethod
) -> None:
    def part_of_consumption(consumed: pd.DataFrame) -> pd.DataFrame:
        return consumed.div(consumed.sum(axis=1).clip(lower=1), axis=0)

    _compare(metered, method, part_of_consumption, DefaultDynamic())


def test_optimal_is_redistribution(metered: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    key = Static(_decimals(), redistribute=True)

    _compare(metered, CalculationMethod.OPTIMAL, _constant_key, key)


def _compare(
    metered: tuple[pd.DataFrame, pd.DataFrame],
    method: CalculationMethod,
    their_key: Callable[[pd.DataFrame], pd.DataFrame],
    our_key: SharingKey,
) -> None:
    produced, consumed = metered
    theirs = calculate(
        create_multi_index_input_frame(produced, consumed, their_key(consumed)), method
    )

    ours = _allocate(produced, consumed, our_key)

    shared = theirs["Shared Energy"][CONSUMERS].to_numpy().T
    left = theirs["Net Injection"][PRODUCERS].to_numpy().T
    assert np.abs(ours.allocated_wmin - shared).max() < 1 + 1e-6
    assert np.abs(ours.surplus_wmin - left).max() < 1 + len(CONSUMERS) + 1e-6


def _allocate(produced: pd.DataFrame, consumed: pd.DataFrame, key: SharingKey) -> Allocation:
    return allocate(
        {prm: produced[prm].to_numpy() for prm in PRODUCERS},
        {prm: consumed[prm].to_numpy() for prm in CONSUMERS},
        key,
    )


def _constant_key(consumed: pd.DataFrame) -> pd.DataFrame:
    shares = {prm: float(share) for prm, share in SHARES.items()}
    return pd.DataFrame(shares, index=consumed.index)


def _decimals() -> dict[Prm, Decimal]:
    return {prm: Decimal(share) for prm, share in SHARES.items()}

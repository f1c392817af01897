"""Who comes first or last in the order of points neither gains nor loses by rounding (ADR 48)."""

import numpy as np
import pytest

from services.allocation.domain.kernels import IntArray, fill_by_weight, prorata

STEPS, CONSUMERS = 100_000, 8
LARGEST_BIAS = 0.02
"""Units of a watt-minute, in the mean of all scarce steps."""


@pytest.fixture(scope="module")
def scarce() -> tuple[IntArray, IntArray]:
    """Own curves in whole watts over quarters of an hour: homes, a bakery, a town hall; a roof.

    Returns what is produced, [step], and what consumers want, [consumer, step], in watt-minutes,
    in the steps in which production is short.
    """
    chance = np.random.default_rng(48)
    base_w = np.array([180, 240, 320, 410, 150, 900, 2_600, 5_200])[:, None]
    swing = chance.lognormal(sigma=0.7, size=(CONSUMERS, STEPS))
    wants_wmin = (base_w * swing).astype(np.int64) * 15
    made_wmin = chance.integers(50, 9_000, STEPS) * 15
    is_scarce = made_wmin < wants_wmin.sum(axis=0)
    return made_wmin[is_scarce], wants_wmin[:, is_scarce]


def test_prorata_favours_nobody(scarce: tuple[IntArray, IntArray]) -> None:
    made_wmin, wants_wmin = scarce

    given_out = prorata(made_wmin, wants_wmin)

    exact = made_wmin * (wants_wmin / wants_wmin.sum(axis=0))
    bias = (given_out - exact).mean(axis=1)
    assert np.abs(bias).max() <= LARGEST_BIAS, bias
    assert np.abs(given_out - exact).max() < 1
    assert (given_out.sum(axis=0) == made_wmin).all()
    assert (given_out <= wants_wmin).all()
    assert given_out.min() >= 0


def test_redistribution_favours_nobody(scarce: tuple[IntArray, IntArray]) -> None:
    """Of those that are not full: they share what is left by weight."""
    made_wmin, wants_wmin = scarce
    weights = np.array([1_251, 830, 1_977, 704, 2_213, 1_009, 1_013, 1_003])  # of 10,000

    given_out = fill_by_weight(made_wmin, wants_wmin, weights)

    is_full = given_out == wants_wmin
    left_wmin = made_wmin - (wants_wmin * is_full).sum(axis=0)
    thirsty = weights[:, None] * ~is_full
    exact = left_wmin * (thirsty / np.maximum(thirsty.sum(axis=0), 1))
    for row in range(CONSUMERS):
        errors = (given_out - exact)[row, ~is_full[row]]
        assert len(errors) > 1_000
        assert abs(errors.mean()) <= LARGEST_BIAS, (row, errors.mean())
    assert (given_out.sum(axis=0) == made_wmin).all()

"""The coefficients that an operation's key makes of a forecast."""

from collections.abc import Sequence

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate
from services.allocation.domain.coefficients.rounding import MAX_DECIMALS
from services.allocation.domain.forecasts.forecast import Forecast
from services.allocation.domain.kernels import IntArray, scale
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    KeyTypeUnsupported,
    SharingKey,
    Static,
)
from services.allocation.domain.keys.coefficients import POOL, Coefficients

_LEAST_W_BY_CONSUMER = 10
"""So few that the rule shares them as its first, and enough to be parted exactly."""


def forecast_coefficients(forecast: Forecast, key: SharingKey, decimals: int) -> Coefficients:
    """Return what the key gives each consumer of the forecast, as parts of what it gives them all.

    The key shares the forecast once under each sky, so that bright days, on which there is most to
    share, count most. A coefficient that nobody has is lost, whatever is produced, and one that is
    too high costs nothing while its consumer consumes: so, but for fixed shares, they add up to
    100 % in each step in which anybody is expected to consume. decimals: of the percentages. The
    running totals of a row are cut to them, in the order of consumers: a row never exceeds 100 %,
    and each is within one last digit of exact. Raises KeyTypeUnsupported for keys by producer.
    """
    starts = forecast.period.starts_epoch_min
    whole = 100 * 10**decimals
    if isinstance(key, Static) and not key.redistribute:
        consumers = tuple(sorted(forecast.consumptions))
        units = _fixed_units(key, consumers, whole, steps=len(starts))
    else:
        consumers, expected_wmin = _expected_shares(forecast, _rule(key))
        units = _units(expected_wmin, whole)
    shares = units[None] * 10 ** (MAX_DECIMALS - decimals)
    return Coefficients(starts, (POOL,), consumers, shares)


def _expected_shares(forecast: Forecast, rule: SharingKey) -> tuple[tuple[Prm, ...], IntArray]:
    """Return the consumers, and what the rule gives them under all skies together."""
    # A dawn that comes earlier than in the past is shared by the rule, too.
    least_w = _LEAST_W_BY_CONSUMER * len(forecast.consumptions)
    least_wmin = np.int64(least_w * forecast.period.step_min)
    allocations = [
        allocate(
            {POOL: np.where(pool_wmin > 0, pool_wmin, least_wmin)},
            forecast.consumptions,
            rule,
            starts_epoch_min=forecast.period.starts_epoch_min,
        )
        for pool_wmin in forecast.pools_wmin
    ]
    expected_wmin: IntArray = np.sum(
        [allocation.allocated_wmin for allocation in allocations], axis=0
    )
    return allocations[0].metered.consumers, expected_wmin


def _rule(key: SharingKey) -> SharingKey:
    """Return the key that shares the forecast: its own numbers by step are of other months."""
    match key:
        case FullDynamic():
            raise KeyTypeUnsupported(
                "A full_dynamic key has coefficients by producer: no forecast makes these."
            )
        case Dynamic():
            return DefaultDynamic()
        case _:
            return key


def _units(allocated_wmin: IntArray, whole: int) -> IntArray:
    """Return each part of its column's sum, counted in the last decimal: [consumer, step]."""
    running_wmin = np.cumsum(allocated_wmin, axis=0)
    reached = scale(running_wmin, np.array(whole, dtype=np.int64), running_wmin[-1:])
    return np.diff(reached, axis=0, prepend=0)


def _fixed_units(key: Static, consumers: Sequence[Prm], whole: int, *, steps: int) -> IntArray:
    shares = [int(key.shares.get(prm, 0) * whole) for prm in consumers]
    return np.repeat(np.array(shares, dtype=np.int64)[:, None], steps, axis=1)

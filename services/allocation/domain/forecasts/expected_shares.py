"""The expected shares of a month whose coefficients are set before it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate
from services.allocation.domain.forecasts.forecast import SKIES, Forecast
from services.allocation.domain.keys import Dynamic
from services.allocation.domain.keys.coefficients import POOL, Coefficients


@dataclass(frozen=True)
class ExpectedShare:
    """A consumer's month, the mean of all skies, in whole watt-minutes."""

    consumption_wmin: int
    shared_wmin: int


@dataclass(frozen=True)
class ExpectedMonth:
    """A month as it is expected; consumers: those who take part, by prm."""

    production_wmin: int
    consumers: Mapping[Prm, ExpectedShare]

    @property
    def shared_wmin(self) -> int:
        return sum(share.shared_wmin for share in self.consumers.values())

    @property
    def surplus_wmin(self) -> int:
        return self.production_wmin - self.shared_wmin


def expected_month(forecast: Forecast, coefficients: Coefficients) -> ExpectedMonth:
    """Share the forecast by the coefficients under each sky, as the month will be settled.

    Each share is cut to whole watt-minutes, so that the surplus is never negative.
    """
    consumers = sorted(forecast.consumptions)
    shared_wmin = np.zeros(len(consumers), dtype=np.int64)
    for pool_wmin in forecast.pools_wmin:
        allocation = allocate(
            {POOL: pool_wmin},
            forecast.consumptions,
            Dynamic(coefficients),
            starts_epoch_min=forecast.period.starts_epoch_min,
        )
        shared_wmin += allocation.allocated_wmin.sum(axis=1)
    shares = zip(consumers, (shared_wmin // SKIES).tolist(), strict=True)
    return ExpectedMonth(
        int(forecast.pools_wmin.sum()) // SKIES,
        {prm: ExpectedShare(int(forecast.consumptions[prm].sum()), share) for prm, share in shares},
    )

"""An invented year of one operation: three plants and fifty homes, the same at every run."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from libs.common.ids import Prm

_STEP_MIN = 15
_STEPS_OF_DAY = 24 * 60 // _STEP_MIN
_PEAKS_W = (36_000, 9_000, 100_000)


@dataclass(frozen=True)
class YearCurves:
    """Curves in watt-minutes per quarter of an hour, seasons and clouds included.

    The sun is up half of the time; the pool covers everybody in about half of those steps.
    """

    days: int = 365
    consumer_count: int = 50

    @property
    def steps(self) -> int:
        return self.days * _STEPS_OF_DAY

    @cached_property
    def productions(self) -> dict[Prm, NDArray[np.int64]]:
        random = np.random.default_rng(1)
        day, hour = self._clock
        daylight_h = 12 - 4 * np.cos(2 * np.pi * (day + 10) / 365)
        height = np.cos(np.pi * (hour - 13) / daylight_h) * (np.abs(hour - 13) < daylight_h / 2)
        clear = np.repeat(random.uniform(0.15, 1, self.days), _STEPS_OF_DAY)
        return {
            Prm(f"99{number:012}"): _energy(
                peak_w * height * clear * random.uniform(0.8, 1, self.steps)
            )
            for number, peak_w in enumerate(_PEAKS_W, start=1)
        }

    @cached_property
    def consumptions(self) -> dict[Prm, NDArray[np.int64]]:
        random = np.random.default_rng(2)
        _, hour = self._clock
        evening = 1 + 1.5 * np.exp(-(((hour - 19.5) / 2) ** 2))
        return {
            Prm(f"99{100 + number:012}"): _energy(
                random.uniform(200, 1_500) * evening * random.gamma(1.5, 0.7, self.steps)
            )
            for number in range(self.consumer_count)
        }

    @cached_property
    def shares(self) -> dict[Prm, Decimal]:
        """Unequal shares with nine decimals, 1 in all."""
        weights = np.random.default_rng(3).integers(20, 100, self.consumer_count)
        billionths = (weights * 10**9 // weights.sum()).tolist()
        billionths[-1] += 10**9 - sum(billionths)
        return {
            prm: Decimal(share_billionths).scaleb(-9)
            for prm, share_billionths in zip(self.consumptions, billionths, strict=True)
        }

    @property
    def _clock(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Day and hour of each step."""
        steps = np.arange(self.steps)
        return steps // _STEPS_OF_DAY, steps % _STEPS_OF_DAY * _STEP_MIN / 60


def _energy(power_w: NDArray[np.float64]) -> NDArray[np.int64]:
    return power_w.astype(np.int64) * _STEP_MIN

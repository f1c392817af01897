"""The counters of a curve, by tariff class; a missing value counts as nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from services.demo.dso_files.shape import FileCurve, Shape

_PEAK_FROM, _PEAK_TO = 6, 22  # local hours
_WMIN_PER_WH = 60
_FIRST_WH = (1_000_000, 90_000_000)


@dataclass(frozen=True)
class Counters:
    """The counters of a shape's points, at each of its midnights up to the end of the last day.

    There are two classes: HP from 6:00 to 22:00, HC the rest.
    """

    shape: Shape

    def counted_wmin(self, power_w: Sequence[int | None]) -> Mapping[str, npt.NDArray[np.int64]]:
        """Return the energy since the first midnight, by class."""
        energy_wmin = (
            np.array([value_w or 0 for value_w in power_w], np.int64) * self.shape.step_min
        )
        return {
            name: np.append(0, np.cumsum(np.where(mask, energy_wmin, 0))[self._last_steps])
            for name, mask in (("HP", self._is_peak), ("HC", ~self._is_peak))
        }

    def indexes_wh(self, curve: FileCurve) -> Mapping[str, Sequence[int]]:
        """Return the indexes, by class, in whole watt-hours, rounded down."""
        chance = np.random.default_rng([self.shape.seed, int(curve.prm)])
        return {
            name: (energy_wmin // _WMIN_PER_WH + chance.integers(*_FIRST_WH)).tolist()
            for name, energy_wmin in self.counted_wmin(curve.power_w).items()
        }

    @cached_property
    def _is_peak(self) -> npt.NDArray[np.bool_]:
        hours = np.array([start.hour for start in self.shape.local_starts])
        return (hours >= _PEAK_FROM) & (hours < _PEAK_TO)

    @cached_property
    def _last_steps(self) -> npt.NDArray[np.int64]:
        """The places of the last step of each day."""
        days = np.array([start.toordinal() for start in self.shape.local_starts])
        return np.append(np.flatnonzero(np.diff(days)), len(days) - 1)

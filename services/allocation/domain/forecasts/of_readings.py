"""The past of an operation from its readings, day by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from libs.common.ids import Direction, Prm
from services.allocation.domain.curves import Block, energy_of_day
from services.allocation.domain.forecasts.forecast import PastEnergies
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.perimeter import Participant


class PastReadings:
    """Filled day by day; a day of a point that misses a reading tells nothing of that point."""

    def __init__(self, step_min: int) -> None:
        self._step_min = step_min
        self._energies: Mapping[Direction, defaultdict[Prm, dict[date, IntArray]]] = {
            direction: defaultdict(dict) for direction in Direction
        }

    def fill(self, day: date, blocks: Mapping[Participant, Sequence[Block]]) -> None:
        """Raises EnergyNotWhole."""
        for (prm, direction), point_blocks in blocks.items():
            curve = energy_of_day(point_blocks, day, self._step_min)
            if curve.complete:
                self._energies[direction][prm][day] = curve.energy_wmin

    def energies(self) -> PastEnergies:
        return PastEnergies(
            self._step_min,
            self._energies[Direction.PRODUCTION],
            self._energies[Direction.CONSUMPTION],
        )

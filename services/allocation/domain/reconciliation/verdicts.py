"""The class of a difference, and its evidence in words."""

from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.allocation.domain.curves import BoolArray


class DifferenceClass(StrEnum):
    """The reason why the DSO's energy differs from ours; the first that applies, in this order."""

    PERIMETER_MISMATCH = "perimeter_mismatch"  # a point is known to one side only
    MISSING_READING = "missing_reading"  # one side has no value
    LATE_CORRECTION = "late_correction"  # the DSO used other readings than ours
    COEFFICIENTS_ROUNDED = "coefficients_rounded"  # it applied our file, which has few decimals
    KEY_NOT_APPLIED = "key_not_applied"  # the DSO shared by another key than ours
    ROUNDING = "rounding"  # within tolerance
    UNEXPLAINED = "unexplained"


CLASSES = tuple(DifferenceClass)

COUNTED_ONLY = (DifferenceClass.COEFFICIENTS_ROUNDED, DifferenceClass.ROUNDING)
"""Nothing is wrong there: counted and added up per point, not listed one by one."""


class DifferenceReason(NamedTuple):
    """A class and the evidence for it; evidence names no point and no energy."""

    difference_class: DifferenceClass
    evidence: str


class Verdicts:
    """One reason per cell that differs, [series, step]; the first one given to a cell stands."""

    def __init__(self, differs: BoolArray) -> None:
        self.differs = differs
        self.open: BoolArray = differs.copy()
        self.reasons: list[DifferenceReason] = []
        self.number: NDArray[np.int32] = np.full(differs.shape, -1, dtype=np.int32)
        """Position in ``reasons``, -1 where none has been given."""

    def give(self, cells: BoolArray, reason: DifferenceReason) -> None:
        """Give the reason to those of the cells that have none yet."""
        cells_given = self.open & cells
        if not cells_given.any():
            return
        if reason not in self.reasons:
            self.reasons.append(reason)
        self.number[cells_given] = self.reasons.index(reason)
        self.open &= ~cells_given

    def of_class(self, *difference_classes: DifferenceClass) -> BoolArray:
        """Return the cells that have a reason of one of these classes."""
        numbers = [
            number
            for number, reason in enumerate(self.reasons)
            if reason.difference_class in difference_classes
        ]
        return np.isin(self.number, numbers)

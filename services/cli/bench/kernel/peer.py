"""OpenEnergyID's calculation of the same year: floats, each consumer's energy from all plants.

Import it only if the development dependencies are installed.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from openenergyid.energysharing.data_formatting import create_multi_index_input_frame
from openenergyid.energysharing.main import calculate
from openenergyid.energysharing.models import CalculationMethod

from services.cli.bench.kernel.year import YearCurves

Calculation = Callable[[], Callable[[], NDArray[np.float64]]]
"""Calculates, and returns a reader of each consumer's energy: [consumer, step], watt-minutes."""


def relative(year: YearCurves) -> Calculation:
    """The default key: as shares, each consumer's part of the consumption of each step."""
    consumed = pd.DataFrame(year.consumptions, dtype=float)
    shares = consumed.div(consumed.sum(axis=1).clip(lower=1), axis=0)
    return _calculation(year, shares, CalculationMethod.RELATIVE)


def optimal(year: YearCurves) -> Calculation:
    """Redistribution: fixed shares, repeatedly, among those who still have an appetite."""
    shares = {prm: np.full(year.steps, float(share)) for prm, share in year.shares.items()}
    return _calculation(year, pd.DataFrame(shares), CalculationMethod.OPTIMAL)


def _calculation(year: YearCurves, shares: pd.DataFrame, method: CalculationMethod) -> Calculation:
    produced = pd.DataFrame(year.productions, dtype=float)
    consumed = pd.DataFrame(year.consumptions, dtype=float)
    frame = create_multi_index_input_frame(produced, consumed, shares)
    consumers = list(year.consumptions)

    def calculation() -> Callable[[], NDArray[np.float64]]:
        result = calculate(frame, method)
        return lambda: np.asarray(result["Shared Energy"][consumers].to_numpy().T)

    return calculation

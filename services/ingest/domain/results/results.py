"""The DSO's results for an operation: its split by step and by month, and its perimeter."""

from enum import StrEnum

import polars as pl

from libs.common.ids import Direction, Quantity

QUANTITIES = {
    Direction.CONSUMPTION: (Quantity.CONSUMPTION, Quantity.SELF_CONSUMED, Quantity.COMPLEMENT),
    Direction.PRODUCTION: (Quantity.PRODUCTION, Quantity.SELF_CONSUMED, Quantity.SURPLUS),
}
"""The quantities of a point on each side; both have a shared part."""

MAX_STEP_WMIN = 10**12
"""A gigawatt over an hour is less: a greater value, or its unit, is a mistake."""

MAX_MONTH_WMIN = 10**15

RESULT_VALUES = pl.Schema(
    {
        "operation_id": pl.String(),  # null: the file's name has it
        "definitive": pl.Boolean(),
        "prm": pl.String(),  # null: the file's name has it
        "direction": pl.String(),  # libs.common.ids.Direction
        "quantity": pl.String(),  # libs.common.ids.Quantity
        "start": pl.Datetime("us", "UTC"),  # of the interval [start, start + step_min)
        "step_min": pl.Int32(),  # one of readings.STEPS_MIN
        "energy_wmin": pl.Int64(),  # 0 … MAX_STEP_WMIN; null if the DSO says that it is missing
        "precision_wmin": pl.Int64(),  # the smallest energy that the source can express
        "position": pl.String(),  # where the sender finds the record: "line 12, Consommation"
    }
)
"""One row per value of the DSO's curves, in the order of the file."""

RESULT_ENERGIES = pl.Schema(
    {
        "operation_id": pl.String(),
        "definitive": pl.Boolean(),
        "prm": pl.String(),
        "direction": pl.String(),
        "quantity": pl.String(),
        "month": pl.String(),  # YYYY-MM, of local days
        "tariff_class": pl.String(),
        "energy_wmin": pl.Int64(),  # 0 … MAX_MONTH_WMIN
        "precision_wmin": pl.Int64(),
        "position": pl.String(),
    }
)
"""One row per energy of a month; the classes of one point and quantity stand together."""

DSO_POINTS = pl.Schema(
    {
        "operation_id": pl.String(),
        "prm": pl.String(),
        "direction": pl.String(),
        "valid_from": pl.Date(),  # first local day; null if the DSO does not say
        "valid_to": pl.Date(),  # first local day after it; null is open-ended
        "position": pl.String(),
    }
)
"""One row per point of an operation as the DSO has it; a document has all points of its operation.
"""


class EnergyUnit(StrEnum):
    """The unit of a value of the DSO."""

    W = "W"
    KW = "kW"
    WH = "Wh"
    KWH = "kWh"

    @property
    def is_power(self) -> bool:
        return self in {EnergyUnit.W, EnergyUnit.KW}

    @property
    def factor(self) -> int:
        """Watt-minutes in one unit; of a power, in one minute of it."""
        return {"W": 1, "kW": 1000, "Wh": 60, "kWh": 60_000}[self.value]

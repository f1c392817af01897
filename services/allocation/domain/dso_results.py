"""The DSO's own split, as received: kept beside our shares, never mixed with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm, Quantity

QUANTITIES = {
    Direction.CONSUMPTION: (Quantity.CONSUMPTION, Quantity.SELF_CONSUMED, Quantity.COMPLEMENT),
    Direction.PRODUCTION: (Quantity.PRODUCTION, Quantity.SELF_CONSUMED, Quantity.SURPLUS),
}
"""The quantities of a point on each side: metered, shared and left."""


@dataclass(frozen=True)
class DsoCurve:
    """One quantity of a point over a local day: watt-minutes per step, None where missing.

    precision_wmin: the smallest energy that the source can express.
    """

    prm: Prm
    direction: Direction
    quantity: Quantity
    step_min: int
    precision_wmin: int
    energy_wmin: Sequence[int | None]


@dataclass(frozen=True)
class DsoEnergy:
    """One quantity of a point over a month, in one tariff class."""

    prm: Prm
    direction: Direction
    quantity: Quantity
    tariff_class: str
    precision_wmin: int
    energy_wmin: int


@dataclass(frozen=True)
class DsoDay:
    """The DSO's data for one day of an operation; curves in prm order."""

    operation_id: OperationId
    day: date
    revision: int
    definitive: bool
    curves: Sequence[DsoCurve]


@dataclass(frozen=True)
class DsoMonth:
    """The DSO's data for a month as a whole; energies in prm order."""

    operation_id: OperationId
    month: Month
    revision: int
    definitive: bool
    energies: Sequence[DsoEnergy]

"""The events of the ingest service: readings, the DSO's own results, and points that left."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from libs.common.events.base import Event, Part
from libs.common.ids import Direction, OperationIdField, PrmField, Quantity


class ReadingBlockPart(Part):
    """One point's readings of one local day at one step; replaces any lower revision of them."""

    prm: PrmField
    direction: Direction
    step_min: int
    revision: int = Field(ge=1)
    power_w: list[int | None] = Field(
        description="mean power in watts, one per step of the local day in order; null is missing"
    )
    estimated_steps: list[int] = Field(
        default=[],
        description="positions, from 0, of the values that ingest estimated for lack of readings;"
        " the network operator's own estimates are not among them",
    )


class ReadingsRecorded(Event):
    """Blocks of one operation and local day that are new or corrected since the last such event."""

    type: ClassVar = "ingest.readings_recorded.v1"
    topic: ClassVar = "ingest.readings"

    operation_id: OperationIdField
    day: date = Field(description="local day, Europe/Paris")
    revision: int = Field(ge=1, description="counts the events of this operation and day")
    blocks: list[ReadingBlockPart]

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.day, self.revision)


class DsoCurvePart(Part):
    """One quantity of one point over the local day of the event."""

    prm: PrmField
    direction: Direction
    quantity: Quantity
    step_min: int
    precision_wmin: int = Field(
        ge=1,
        description="smallest energy that the source can express, watt-minutes: 60 for whole Wh,"
        " 60000 for whole kWh, step_min for whole watts",
    )
    energy_wmin: list[int | None] = Field(
        description="watt-minutes, one per step of the local day in order; null is missing"
    )


class DsoEnergyPart(Part):
    """One quantity of one point over the month of the event, in one tariff class."""

    prm: PrmField
    direction: Direction
    quantity: Quantity
    tariff_class: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,32}$")] = Field(
        description="P (one class), HPH, HCH, HPB, HCB, …, as the DSO names it"
    )
    precision_wmin: int = Field(
        ge=1, description="smallest energy that the source can express, watt-minutes"
    )
    energy_wmin: int


class DsoResultsRecorded(Event):
    """The DSO's own split of one operation: the curves of a local day, or energies of a month.

    With `day`, the event has all curves of that day; without, all energies of the month. A higher
    revision of the same replaces it whole, points that it no longer names included. A day is the
    unit because a month of 2,000 points would not fit into a record of the log.
    Quantities are Enedis' cons (`consumption`), prod (`production`), autocons (`self_consumed`),
    surplus and complement; consumers have the first, third and last, producers the others and may
    have the third.
    """

    type: ClassVar = "ingest.dso_results_recorded.v1"
    topic: ClassVar = "ingest.dso-results"

    operation_id: OperationIdField
    month: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")] = Field(
        description="YYYY-MM"
    )
    day: date | None = Field(
        None, description="local day of the month, Europe/Paris; null: energies of the whole month"
    )
    revision: int = Field(ge=1, description="counts the events of this operation, month and day")
    definitive: bool = Field(description="false: the DSO itself marks it as subject to change")
    curves: list[DsoCurvePart] = Field(default=[], description="empty without a day")
    energies: list[DsoEnergyPart] = Field(default=[], description="empty with a day")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.month, self.day, self.revision)


class PointLeft(Event):
    """A point left an operation because of its contract with the DSO, without any request.

    From `left_on` on it no longer takes part, on any side. A point that is taken in again later
    stays: the same departure is published once.
    """

    type: ClassVar = "ingest.point_left.v1"
    topic: ClassVar = "ingest.contracts"

    operation_id: OperationIdField
    prm: PrmField
    left_on: date = Field(
        description="first local day on which it no longer takes part, Europe/Paris"
    )
    reason: Literal["terminated", "new_occupant"]

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.prm, self.left_on, self.reason)

"""What the ingest service publishes: readings, by operation and local day."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from libs.common.events.base import Event, Part
from libs.common.ids import Direction, OperationIdField, PrmField


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
        description="positions, from 0, of the values that ingest estimated as nothing has come;"
        " what the network operator itself estimated is not among them",
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

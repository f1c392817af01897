"""What the allocation service publishes: shares of a day, and the settlement of a month."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from libs.common.events.base import Event, Part
from libs.common.ids import Direction, OperationIdField, PrmField


class DayShare(Part):
    """What one producer gave one consumer over one local day."""

    producer: PrmField
    consumer: PrmField
    energy_wmin: int


class SharesAllocated(Event):
    """A day of one operation has been allocated; replaces any earlier revision of that day."""

    type: ClassVar = "allocation.shares_allocated.v1"
    topic: ClassVar = "allocation.shares"

    operation_id: OperationIdField
    day: date = Field(description="local day, Europe/Paris")
    revision: int = Field(ge=1, description="starts at 1, grows by 1 with each recalculation")
    production_wmin: int
    consumption_wmin: int
    shares: list[DayShare] = Field(description="positive ones only, in producer, consumer order")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.day, self.revision)


class SettledPair(Part):
    """What one producer gave one consumer, day by day."""

    producer: PrmField
    consumer: PrmField
    energy_wmin: list[int] = Field(description="one per day of the month, in order")


class SettledPoint(Part):
    """A point's month: all it metered, and the part of it that was shared."""

    prm: PrmField
    direction: Direction
    metered_wmin: int
    shared_wmin: int


class SettlementClosed(Event):
    """The shares of an operation-month are frozen; a higher number supersedes a lower one."""

    type: ClassVar = "allocation.settlement_closed.v1"
    topic: ClassVar = "allocation.settlements"

    operation_id: OperationIdField
    month: str = Field(description="YYYY-MM")
    number: int = Field(ge=1, description="counts the settlements of this operation-month")
    status: Literal["provisional", "definitive"]
    content_hash: str = Field(description="sha256 of the frozen content")
    pairs: list[SettledPair] = Field(description="in producer, consumer order")
    points: list[SettledPoint] = Field(description="in prm, direction order")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.month, self.number)

"""The event of the allocation service about coefficients that are set before their month."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from libs.common.events.base import Event
from libs.common.ids import OperationIdField


class DepositMonthChanged(Event):
    """The progress of a month whose coefficients are set before it; replaces the one before."""

    type: ClassVar = "allocation.deposit_month_changed.v1"
    topic: ClassVar = "allocation.settlements"

    operation_id: OperationIdField
    month: str = Field(description="YYYY-MM")
    revision: int = Field(ge=1, description="counts the changes of this operation-month")
    state: Literal[
        "not_taken", "not_needed", "awaited", "withdrawn", "deposited", "submitted", "missed"
    ] = Field(description="`not_taken`: set after the month, by producer, or nobody takes part")
    last_day: date | None = Field(description="of a deposit; null: none is taken")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.operation_id, self.month, self.revision)

"""Bodies of the routes for days."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import DayStatus, MonthDay


class GapOut(BodyOut):
    prm: Prm
    direction: Direction
    steps: int = Field(description="number of steps of the operation", examples=[4])


class DayOut(BodyOut):
    """Revision and totals are those of the last allocation; null when there are no shares."""

    day: date
    status: DayStatus = Field(
        description="`allocated`; `incomplete`: see `missing`; `no_key`: no key is in force;"
        " `key_incomplete`: a dynamic key lacks coefficients, see `key_missing_steps`;"
        " `failed`: see `failure`, retried when something changes; `waiting`: something"
        " has changed, it is allocated in a moment; `no_readings`: nothing has arrived, and nothing"
        " is late yet; `purged`: its curves were too old to keep, it is never allocated again"
    )
    revision: int = Field(description="0 before the first allocation")
    production_wmin: int | None
    consumption_wmin: int | None
    allocated_wmin: int | None
    missing: list[GapOut] = Field(
        description="steps without a reading; if allocated, the policy counts them as no energy",
        examples=[[]],
    )
    estimated: list[GapOut] = Field(
        description="steps estimated by ingest, which the policy accepts"
    )
    reconstructed: list[GapOut] = Field(
        description="steps that are equal parts of a longer reading"
    )
    key_missing_steps: int = Field(
        description="steps with production and no coefficient of the key in force"
    )
    failure: str | None = Field(
        description="class of the error if it failed; see the log", examples=[None]
    )


class MonthDaysOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    pending: int = Field(description="days that are waiting", examples=[0])
    days: list[DayOut] = Field(description="those on which at least one point takes part")

    @classmethod
    def of(cls, operation_id: OperationId, month: Month, days: Sequence[MonthDay]) -> Self:
        return cls(
            operation_id=operation_id,
            month=str(month),
            pending=sum(day.status == DayStatus.WAITING for day in days),
            days=[DayOut.model_validate(day) for day in days],
        )

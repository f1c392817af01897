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
    steps: int = Field(description="how many, of the operation's step", examples=[4])


class DayOut(BodyOut):
    """Revision and totals are those of the last allocation; null when there are no shares."""

    day: date
    status: DayStatus = Field(
        description="`allocated`; `incomplete`: see `missing`; `no_key`: no key is in force;"
        " `key_incomplete`: a dynamic key lacks coefficients, see `key_missing_steps`;"
        " `failed`: see `failure`, it is tried again when something changes; `waiting`: something"
        " has changed, it is allocated in a moment; `no_readings`: nothing has arrived, and nothing"
        " is late yet; `purged`: its curves were too old to be kept, it is never allocated again"
    )
    revision: int = Field(description="0 before the first allocation")
    production_wmin: int | None
    consumption_wmin: int | None
    allocated_wmin: int | None
    missing: list[GapOut] = Field(
        description="without a reading; of an allocated day, they count as no energy by policy",
        examples=[[]],
    )
    estimated: list[GapOut] = Field(description="ingest estimated them, which the policy accepts")
    reconstructed: list[GapOut] = Field(description="equal parts of a reading of a coarser step")
    key_missing_steps: int = Field(
        description="steps with production of which the key in force says nothing"
    )
    failure: str | None = Field(
        description="kind of the error when it failed; the log has more", examples=[None]
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
            pending=sum(one.status == DayStatus.WAITING for one in days),
            days=[DayOut.model_validate(one) for one in days],
        )

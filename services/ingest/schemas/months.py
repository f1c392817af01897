"""Body of the route for how far months have come."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.edge.months import MonthState, by_operation
from libs.common.http import BodyOut
from libs.common.ids import OperationId
from services.ingest.store.completeness.point_months import MonthCounts


class DataOut(BodyOut):
    """Counts are of days that are over, of each point that takes part; a day of two points is two.

    `days` is the sum of `received`, `estimated` and `missing`.
    """

    state: MonthState = Field(
        description="`empty`: nothing has come, and nothing is late; `blocked`: some days are late;"
        " `complete`: the month is over, and no step of it is missing"
    )
    points: int = Field(description="that take part", examples=[12])
    days: int = Field(examples=[372])
    received: int = Field(description="all steps are received", examples=[370])
    estimated: int = Field(
        description="no step is missing; the DSO or ingest estimated some", examples=[1]
    )
    missing: int = Field(description="some steps are missing", examples=[1])
    late: int = Field(
        description="of the missing ones, those older than `READINGS_GRACE_DAYS`", examples=[0]
    )

    @classmethod
    def of(cls, row: MonthCounts, month: Month, today: date) -> Self:
        return cls(
            state=_state(row, is_over=month.next_first_day <= today),
            points=row.points,
            days=row.days,
            received=row.received,
            estimated=row.whole - row.received,
            missing=row.days - row.whole,
            late=row.late,
        )


class DataMonthOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    data: DataOut


class DataMonthsOut(BodyOut):
    """Months of an operation, and how far their readings have come."""

    operation_id: OperationId
    months: list[DataMonthOut] = Field(description="each that was asked for, in order")

    @classmethod
    def all_of(cls, rows: Iterable[MonthCounts], today: date) -> list[Self]:
        """Return one for each operation. rows: by operation and month."""
        return [
            cls(operation_id=operation_id, months=[_month(row, today) for row in operation_rows])
            for operation_id, operation_rows in by_operation(rows)
        ]


def _month(row: MonthCounts, today: date) -> DataMonthOut:
    month = Month.of(row.month)
    return DataMonthOut(month=str(month), data=DataOut.of(row, month, today))


def _state(row: MonthCounts, *, is_over: bool) -> MonthState:
    if row.late:
        return MonthState.BLOCKED
    if not row.begun:
        return MonthState.EMPTY
    return MonthState.COMPLETE if is_over and row.whole == row.days else MonthState.PARTIAL

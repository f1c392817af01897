"""Bodies of the route for sunny hours."""

from datetime import date, datetime
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId
from services.allocation.domain.months.sunny_hours import Outlook


class SunnyHourOut(BodyOut):
    start: datetime = Field(examples=["2026-10-25T11:00:00Z"])
    expected_wmin: int = Field(examples=[540_000])
    is_sunny: bool = Field(description="at least half of the day's best hour", examples=[True])


class SunnyHoursOut(BodyOut):
    operation_id: OperationId
    day: date
    basis: str = Field(
        description="the basis of the forecast: `history`, never the weather",
        examples=["history"],
    )
    hours: list[SunnyHourOut] = Field(description="those of the local day, 23 to 25")
    expected_wmin: int = Field(description="of the whole day", examples=[3_240_000])
    plants: int = Field(
        description="plants that take part on that day and have a history", examples=[3]
    )
    plants_without: int = Field(description="plants left out for lack of history", examples=[0])
    plants_withheld: int = Field(
        description="plants left out because they would reveal what few households produce",
        examples=[0],
    )
    days_compared: list[date]

    @classmethod
    def of(cls, operation_id: OperationId, day: date, outlook: Outlook) -> Self:
        return cls(
            operation_id=operation_id,
            day=day,
            basis="history",
            hours=[SunnyHourOut.model_validate(hour) for hour in outlook.hours],
            expected_wmin=sum(hour.expected_wmin for hour in outlook.hours),
            plants=outlook.plants,
            plants_without=outlook.plants_without,
            plants_withheld=outlook.plants_withheld,
            days_compared=list(outlook.days_compared),
        )

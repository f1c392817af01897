"""Bodies of the routes for the months of a plant."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.allocation.domain.days import DayStatus
from services.allocation.domain.plant_months import PlantDay, totals_of_plant
from services.allocation.schemas.point_months import LastSettlementOut

_MONTH = "2026-10"


class PlantTotalsOut(BodyOut):
    """Sums over the days that are allocated."""

    days_allocated: int = Field(examples=[30])
    production_wmin: int
    shared_wmin: int = Field(description="what of it the operation's consumers took")
    surplus_wmin: int = Field(description="production − shared")
    rate: float | None = Field(
        description="shared ÷ production; null when there is none", examples=[0.75]
    )


class PlantMonthOut(BodyOut):
    month: str = Field(examples=[_MONTH])
    days: int = Field(description="days of it on which the plant takes part", examples=[31])
    totals: PlantTotalsOut
    settlement: LastSettlementOut | None = Field(
        description="the last one; null: none yet. It may have frozen others than the shares of now"
    )


class PlantDayOut(BodyOut):
    day: date
    status: DayStatus
    production_wmin: int | None = Field(
        description="as far as it is measured; null: nothing is", examples=[1_440_000]
    )
    shared_wmin: int | None = Field(
        description="what of it was taken; null: the day is not allocated, or `withheld`",
        examples=[1_080_000],
    )

    @classmethod
    def of(cls, day: PlantDay, *, withheld: bool) -> Self:
        return cls(
            day=day.day,
            status=day.status,
            production_wmin=day.production_wmin,
            shared_wmin=None if withheld else day.shared_wmin,
        )


class PlantMonthDaysOut(BodyOut):
    operation_id: OperationId
    prm: Prm
    month: str = Field(examples=[_MONTH])
    withheld: bool = Field(
        description="`shared_wmin` of days is null: too few others took of it on one of them"
    )
    needs: int = Field(
        description="points of others, of three members or more, that it takes on each day",
        examples=[10],
    )
    days: list[PlantDayOut] = Field(description="those on which the plant takes part, in order")
    totals: PlantTotalsOut
    settlement: LastSettlementOut | None

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        prm: Prm,
        month: Month,
        days: Sequence[PlantDay],
        *,
        withheld: bool,
        needs: int,
        settlement: LastSettlementOut | None,
    ) -> Self:
        return cls(
            operation_id=operation_id,
            prm=prm,
            month=str(month),
            withheld=withheld,
            needs=needs,
            days=[PlantDayOut.of(day, withheld=withheld) for day in days],
            totals=PlantTotalsOut.model_validate(totals_of_plant(days)),
            settlement=settlement,
        )

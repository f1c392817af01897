"""Bodies of the routes for the months of a plant."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.allocation.domain.days import DayStatus
from services.allocation.domain.months.plant_months import PlantDay, PlantTotals, totals_of_plant
from services.allocation.schemas.point_months import LastSettlementOut

_MONTH = "2026-10"


class PlantTotalsOut(BodyOut):
    """Sums over the days that are allocated.

    The last three are null as long as no day is allocated, and where the month is not settled and
    its shares are withheld.
    """

    days_allocated: int = Field(examples=[30])
    production_wmin: int
    shared_wmin: int | None = Field(
        description="the part that the operation's consumers took", examples=[33_480_000]
    )
    surplus_wmin: int | None = Field(description="production − shared", examples=[11_160_000])
    rate: float | None = Field(
        description="shared ÷ production; also null without production", examples=[0.75]
    )

    @classmethod
    def of(cls, totals: PlantTotals, *, withheld: bool) -> Self:
        is_unknown = withheld or not totals.days_allocated
        return cls(
            days_allocated=totals.days_allocated,
            production_wmin=totals.production_wmin,
            shared_wmin=None if is_unknown else totals.shared_wmin,
            surplus_wmin=None if is_unknown else totals.surplus_wmin,
            rate=None if is_unknown else totals.rate,
        )


class PlantMonthOut(BodyOut):
    month: str = Field(examples=[_MONTH])
    days: int = Field(description="days of the month on which the plant takes part", examples=[31])
    totals: PlantTotalsOut
    settlement: LastSettlementOut | None = Field(
        description="the last one; null: none yet. It may have frozen earlier shares"
    )


class PlantDayOut(BodyOut):
    day: date
    status: DayStatus
    production_wmin: int | None = Field(
        description="as far as measured; null: nothing measured", examples=[1_440_000]
    )
    shared_wmin: int | None = Field(
        description="the part that was taken; null: the day is not allocated, or `withheld`",
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
        description="`shared_wmin` of days is null: on one of them too few others took a share"
    )
    needs: int = Field(
        description="points of others, of three members or more, required on each day",
        examples=[10],
    )
    days: list[PlantDayOut] = Field(description="the days on which the plant takes part, in order")
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
            totals=PlantTotalsOut.of(
                totals_of_plant(days), withheld=withheld and settlement is None
            ),
            settlement=settlement,
        )

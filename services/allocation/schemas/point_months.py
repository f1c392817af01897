"""Bodies of the routes for the months of a point."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Self

from pydantic import Field

from libs.common.calendar import Month, day_start
from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.allocation.domain.days import DayStatus
from services.allocation.domain.months.carbon import Carbon, CarbonUnknown
from services.allocation.domain.months.point_months import (
    GroupMonth,
    MonthTotals,
    Place,
    PointDay,
    taken_of_producers,
)
from services.allocation.domain.months.producers import Producer
from services.allocation.domain.settlements import SettlementStatus

_MONTH = "2026-10"


class LastSettlementOut(BodyOut):
    number: int = Field(examples=[1])
    status: SettlementStatus


class CarbonOut(BodyOut):
    """Emissions that local energy avoids compared with the grid, in grams of CO₂ equivalent.

    Over the whole life cycle, on both sides. Low and high, because nobody records where the modules
    of panels were made. The factors are those of the month's first day.
    """

    grid_g_per_kwh: str = Field(description="of the mean mix consumed", examples=["56.9"])
    local_g_per_kwh_low: str = Field(examples=["25.2"])
    local_g_per_kwh_high: str = Field(examples=["43.9"])
    avoided_g_low: int = Field(
        description="`shared_wmin` × (grid − local high); negative: it may have emitted more",
        examples=[1_534],
    )
    avoided_g_high: int = Field(examples=[3_741])
    sources: list[str] = Field(
        description="of the factors, as published",
        examples=[["ADEME, Base Carbone, élément 36651 : mix moyen consommation, France"]],
    )
    verified_by: str | None = Field(
        description="who checked each factor against its source; null: not all were checked",
        examples=[None],
    )
    valid_from: date = Field(
        description="first day on which all factors are valid", examples=["2021-01-01"]
    )

    @classmethod
    def of(cls, carbon: Carbon) -> Self:
        return cls(
            grid_g_per_kwh=f"{carbon.grid_g_per_kwh:f}",
            local_g_per_kwh_low=f"{carbon.local_g_per_kwh_low:f}",
            local_g_per_kwh_high=f"{carbon.local_g_per_kwh_high:f}",
            avoided_g_low=carbon.avoided_g_low,
            avoided_g_high=carbon.avoided_g_high,
            sources=list(carbon.sources),
            verified_by=carbon.verified_by,
            valid_from=carbon.valid_from,
        )


class MonthTotalsOut(BodyOut):
    """Sums over the days that are allocated."""

    days_allocated: int = Field(examples=[30])
    consumption_wmin: int
    shared_wmin: int = Field(description="the part that the operation's plants gave")
    coverage: float | None = Field(description="shared ÷ consumption; null without consumption")
    carbon: CarbonOut | None = Field(description="null: unknown, see `carbon_unknown`")
    carbon_unknown: CarbonUnknown | None = Field(
        description="why it is unknown: nothing was local, one of the operation's plants of the"
        " month has no `production_kind` on its point, or there is no factor for it, or for"
        " the grid, on the month's first day; null: carbon is known",
        examples=[None],
    )

    @classmethod
    def of(cls, totals: MonthTotals, carbon: Carbon | CarbonUnknown) -> Self:
        return cls(
            days_allocated=totals.days_allocated,
            consumption_wmin=totals.consumption_wmin,
            shared_wmin=totals.shared_wmin,
            coverage=totals.coverage,
            carbon=CarbonOut.of(carbon) if isinstance(carbon, Carbon) else None,
            carbon_unknown=None if isinstance(carbon, Carbon) else carbon,
        )


class GroupOut(BodyOut):
    """All consumers of the operation together, on the days on which the point takes part."""

    withheld: bool = Field(
        description="too few others take part: it would reveal their consumption"
    )
    needs: int = Field(
        description="points of others, of three members or more, required on each day",
        examples=[10],
    )
    coverage: float | None = Field(
        description="shared ÷ consumption of all, in hundredths; null: withheld, or no consumption",
        examples=[0.42],
    )
    place: Place | None = Field(
        description="place of the point's coverage: `about` is within 0.05 of the median of all"
        " points; null: withheld, or it used nothing"
    )

    @classmethod
    def of(cls, group: GroupMonth | None, point_totals: MonthTotals, *, needs: int) -> Self:
        """Build the body; group None means withheld."""
        return cls(
            withheld=group is None,
            needs=needs,
            coverage=None if group is None else group.coverage,
            place=None if group is None else group.place_of(point_totals),
        )


class PointMonthOut(BodyOut):
    month: str = Field(examples=[_MONTH])
    days: int = Field(description="days of the month on which the point takes part", examples=[31])
    totals: MonthTotalsOut
    group: GroupOut
    settlement: LastSettlementOut | None = Field(
        description="the last one; null: none yet. It may have frozen earlier shares"
    )


class PointDayOut(BodyOut):
    """The lists have one entry for each step of the local day: 46, 48 or 50 half-hours."""

    day: date
    start: datetime = Field(description="of the first step, UTC", examples=["2026-10-11T22:00:00Z"])
    step_min: int
    status: DayStatus
    consumption_wmin: list[int] = Field(examples=[[12_000, 11_000]])
    shared_wmin: list[int] | None = Field(
        description="the local part; null: the day is not allocated",
        examples=[[9_000, 11_000]],
    )
    nature: str | None = Field(
        description="a letter for each step: m measured, e estimated, r reconstructed, - missing"
        " (its energy is 0); null: all are measured",
        examples=["mmee"],
    )

    @classmethod
    def of(cls, day: PointDay) -> Self:
        return cls(
            day=day.day,
            start=day_start(day.day),
            step_min=day.step_min,
            status=day.status,
            consumption_wmin=day.curve.energy_wmin.tolist(),
            shared_wmin=day.shared_by_step_wmin.tolist() if day.is_allocated else None,
            nature=day.nature,
        )


class PlantPartOut(BodyOut):
    """The energy that one plant gave the point over the month."""

    prm: Prm = Field(examples=["99220000000101"])
    number: int = Field(description="of the plant, as in `/producers`", examples=[1])
    name: str | None = Field(
        description="of its owner, as in `/producers`; null for households",
        examples=["Soleils d’Aurelle"],
    )
    shared_wmin: int


class SunOut(BodyOut):
    """The hours in which an operation's plants produce: the mean of a past month, no amounts."""

    by_hour_tenths: list[int] | None = Field(
        description="for each of the 24 hours of the clock in Paris, in tenths of the best one;"
        " null: `withheld`, or not known yet",
        examples=[[0] * 8 + [2, 5, 7, 9, 10, 10, 8, 5, 2] + [0] * 7],
    )
    withheld: bool = Field(
        description="it would reveal what few households produce", examples=[False]
    )


class PointMonthDaysOut(BodyOut):
    operation_id: OperationId
    prm: Prm
    month: str = Field(examples=[_MONTH])
    days: list[PointDayOut] = Field(description="the days on which the point takes part, in order")
    totals: MonthTotalsOut
    group: GroupOut
    settlement: LastSettlementOut | None
    producers: list[PlantPartOut]
    sun: SunOut

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        prm: Prm,
        month: Month,
        days: Sequence[PointDay],
        totals: MonthTotals,
        *,
        carbon: Carbon | CarbonUnknown,
        group: GroupMonth | None,
        needs: int,
        plants: Mapping[Prm, Producer],
        settlement: LastSettlementOut | None,
        sun: SunOut,
    ) -> Self:
        return cls(
            operation_id=operation_id,
            prm=prm,
            month=str(month),
            days=[PointDayOut.of(day) for day in days],
            totals=MonthTotalsOut.of(totals, carbon),
            group=GroupOut.of(group, totals, needs=needs),
            settlement=settlement,
            producers=[
                PlantPartOut(
                    prm=plant,
                    number=plants[plant].number,
                    name=plants[plant].name,
                    shared_wmin=energy_wmin,
                )
                for plant, energy_wmin in taken_of_producers(days).items()
            ],
            sun=sun,
        )

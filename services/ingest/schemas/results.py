"""Bodies of the routes for what the DSO says of an operation."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import Direction, OperationId, Quantity
from services.ingest.domain.results.days import QuantityOfMonth
from services.ingest.domain.results.dso_perimeters import (
    DsoPerimeter,
    OpenDaySpan,
    PerimeterDifference,
    PointDifference,
)
from services.ingest.domain.results.energies import MonthEnergies

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ResultOut(BodyOut):
    """One quantity of a point, from the DSO's curves."""

    prm: str = Field(examples=["99000000000017"])
    direction: Direction
    quantity: Quantity
    days_present: list[date] = Field(
        description="local days, Europe/Paris", examples=[["2026-10-01"]]
    )
    missing_steps: int = Field(description="of the days present: steps without a value")
    total_wmin: int = Field(description="watt-minutes, 60,000 to the kWh", examples=[27_000_000])
    definitive: bool = Field(
        description="whether all of it is definitive; if not, the DSO may change it"
    )
    published_at: datetime = Field(description="last publication of any of it")

    @classmethod
    def of(cls, quantity: QuantityOfMonth) -> Self:
        return cls(
            prm=quantity.prm,
            direction=quantity.direction,
            quantity=quantity.quantity,
            days_present=list(quantity.days),
            missing_steps=quantity.missing_steps,
            total_wmin=quantity.total_wmin,
            definitive=quantity.definitive,
            published_at=_instant(quantity.published_us),
        )


class EnergyOut(BodyOut):
    """One energy of a point over the month."""

    prm: str = Field(examples=["99000000000017"])
    direction: Direction
    quantity: Quantity
    energy_wmin: dict[str, int] = Field(
        description="watt-minutes by tariff class", examples=[{"HPB": 7_500_000, "HCB": 600_000}]
    )
    total_wmin: int
    precision_wmin: int = Field(description="the smallest energy that the source can express")
    definitive: bool
    published_at: datetime

    @classmethod
    def of(cls, energies: MonthEnergies) -> Self:
        classes = dict(energies.classes)
        return cls(
            prm=energies.key.prm,
            direction=energies.key.direction,
            quantity=energies.key.quantity,
            energy_wmin=classes,
            total_wmin=sum(classes.values()),
            precision_wmin=energies.precision_wmin,
            definitive=energies.definitive,
            published_at=_instant(energies.published_us),
        )


class DsoResultsOut(BodyOut):
    """The DSO's results for an operation and month, as far as they have come."""

    operation_id: str = Field(examples=["ACC00000101"])
    month: str = Field(examples=["2026-10"])
    held: bool = Field(
        description="the operation is not known yet: nothing is published", examples=[False]
    )
    days_without_curves: list[date] = Field(examples=[["2026-10-31"]])
    day_revisions: dict[date, int] = Field(
        description="how many events were published about each day",
        examples=[{"2026-10-01": 1}],
    )
    curves: list[ResultOut] = Field(description="in order of prm, direction and quantity")
    energies: list[EnergyOut] = Field(description="of the month as a whole, in the same order")

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        month: Month,
        *,
        held: bool,
        revisions: Mapping[date, int],
        quantities: Sequence[QuantityOfMonth],
        energies: Iterable[MonthEnergies],
    ) -> Self:
        present = {day for quantity in quantities for day in quantity.days}
        return cls(
            operation_id=operation_id,
            month=str(month),
            held=held,
            days_without_curves=[day for day in month.days if day not in present],
            day_revisions=dict(sorted(revisions.items())),
            curves=[ResultOut.of(quantity) for quantity in quantities],
            energies=[EnergyOut.of(month_energies) for month_energies in energies],
        )


class HeldResultsOut(BodyOut):
    """Results of an unknown operation; they are published to it once its perimeter comes."""

    operation_id: str = Field(examples=["ACC00000101"])
    months: list[str] = Field(examples=[["2026-10"]])


class PeriodOut(BodyOut):
    """Local days ``[valid_from, valid_to)``; null is open-ended, or not stated by the DSO."""

    valid_from: date | None
    valid_to: date | None


class PointDifferenceOut(BodyOut):
    """A point on which the DSO's perimeter differs from ours."""

    prm: str = Field(examples=["99000000000017"])
    direction: Direction
    difference: PerimeterDifference = Field(
        description="`missing_here`: only the DSO has it · `missing_there`: only we have it · "
        "`other_dates`"
    )
    ours: list[PeriodOut]
    theirs: list[PeriodOut]

    @classmethod
    def of(cls, point_difference: PointDifference) -> Self:
        return cls(
            prm=point_difference.prm,
            direction=point_difference.direction,
            difference=point_difference.difference,
            ours=_periods(point_difference.ours),
            theirs=_periods(point_difference.theirs),
        )


class DsoPerimeterOut(BodyOut):
    """The participants as the DSO has them, compared with our perimeter."""

    operation_id: str = Field(examples=["ACC00000101"])
    published_at: datetime
    points: int = Field(description="that the DSO has", examples=[12])
    differences: list[PointDifferenceOut] = Field(
        description="empty where both agree; in order of prm and direction"
    )

    @classmethod
    def of(cls, perimeter: DsoPerimeter, differences: Collection[PointDifference]) -> Self:
        return cls(
            operation_id=perimeter.operation_id,
            published_at=_instant(perimeter.published_us),
            points=len({(point.prm, point.direction) for point in perimeter.points}),
            differences=[PointDifferenceOut.of(difference) for difference in differences],
        )


def _periods(periods: Iterable[OpenDaySpan]) -> list[PeriodOut]:
    return [PeriodOut(valid_from=first, valid_to=last) for first, last in periods]


def _instant(published_us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=published_us)

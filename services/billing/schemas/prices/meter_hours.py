"""Bodies of the routes about the off-peak hours of a meter."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Prm
from services.billing.domain.prices.meter_hours import MeterHours
from services.billing.schemas.both_bills.supplier_offers import OffPeakHours


class MeterHoursPart(BodyIn):
    """Off-peak hours from a local day on, until the next entry."""

    valid_from: DayField = Field(examples=["2026-11-01"])
    off_peak_hours: list[OffPeakHours] = Field(
        max_length=8, description="empty: the meter has one class at all hours, `P`"
    )


class MeterHoursIn(BodyIn):
    """All entries of a meter, with the days on which its hours changed."""

    entries: list[MeterHoursPart] = Field(max_length=200)

    def to_entries(self) -> list[MeterHours]:
        return [
            MeterHours(entry.valid_from, tuple(hours.to_hours() for hours in entry.off_peak_hours))
            for entry in self.entries
        ]


class MeterHoursOut(BodyOut):
    prm: Prm
    entries: list[MeterHoursPart] = Field(description="in the order of their days")

    @classmethod
    def of(cls, prm: Prm, timeline: Sequence[MeterHours]) -> Self:
        return cls(
            prm=prm,
            entries=[
                MeterHoursPart(
                    valid_from=entry.valid_from,
                    off_peak_hours=[
                        OffPeakHours(start=start, end=end)
                        for start, end in (hours.clock_times for hours in entry.off_peak)
                    ],
                )
                for entry in timeline
            ],
        )

"""Bodies about the months whose energy an operation gives."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, StringConstraints

from libs.common.calendar import Month
from libs.common.http import BodyIn
from services.billing.domain.gifts import GiftPeriod

_MonthText = Annotated[str, StringConstraints(pattern=r"^2[01][0-9]{2}-(0[1-9]|1[0-2])$")]


class GiftPeriodBody(BodyIn):
    """Whole months."""

    first_month: _MonthText = Field(
        description="the first whose energy is given", examples=["2026-10"]
    )
    end_month: _MonthText | None = Field(
        description="the first that is sold again; null: none is set", examples=["2027-01"]
    )


class GiftsBody(BodyIn):
    """The months whose energy is given; all others are sold."""

    periods: list[GiftPeriodBody] = Field(max_length=100, description="by their first months")

    @classmethod
    def of(cls, periods: Iterable[GiftPeriod]) -> Self:
        return cls(
            periods=[
                GiftPeriodBody(
                    first_month=str(period.first), end_month=period.end and str(period.end)
                )
                for period in periods
            ]
        )

    def to_periods(self) -> list[GiftPeriod]:
        return [
            GiftPeriod(
                Month.parse(period.first_month),
                None if period.end_month is None else Month.parse(period.end_month),
            )
            for period in self.periods
        ]

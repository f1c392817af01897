"""Bodies that name some gaps among all of an operation."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Self

import polars as pl
from pydantic import Field, model_validator

from libs.common.http import BodyIn
from libs.common.ids import Direction, PrmField

MAX_DAYS = 31
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2200, 1, 1))]
"""No readings are older, or younger."""

_POINT_DAYS = pl.Schema({"prm": pl.String(), "direction": pl.String(), "day": pl.Date()})


class PointDaysIn(BodyIn):
    """Some days of a point."""

    prm: PrmField
    direction: Direction
    from_day: Day
    to_day: Day = Field(description=f"the day after the last; at most {MAX_DAYS} after from_day")

    @model_validator(mode="after")
    def _name_a_period(self) -> Self:
        check_period(self.from_day, self.to_day)
        return self


Only = Annotated[
    list[PointDaysIn],
    Field(min_length=1, max_length=5000, description="leave all else alone; default: everything"),
]


def check_period(from_day: date, to_day: date) -> None:
    """Raise ValueError, unless it has a day and no more than a month."""
    if not timedelta() < to_day - from_day <= timedelta(days=MAX_DAYS):
        raise ValueError(f"to_day must be 1 to {MAX_DAYS} days after from_day")


def frame_of(only: Sequence[PointDaysIn] | None) -> pl.DataFrame | None:
    """Return a row for each day of a point: prm, direction, day. None: no choice was made."""
    if only is None:
        return None
    rows = [
        (days.prm, str(days.direction), days.from_day + timedelta(days=offset))
        for days in only
        for offset in range((days.to_day - days.from_day).days)
    ]
    return pl.DataFrame(rows, schema=_POINT_DAYS, orient="row").unique()

"""Body of the route for completeness."""

from datetime import date
from typing import Self

import polars as pl
from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction
from services.ingest.domain.completeness.completeness import Completeness

_COUNTS = ("expected", "received", "estimated_by_dso", "estimated_by_us", "missing")


class StepCountsOut(BodyOut):
    """In settlement steps; `expected` is the sum of the four others."""

    expected: int
    received: int = Field(description="readings of the meter cover every minute of the step")
    estimated_by_dso: int = Field(description="the network operator estimated some of it")
    estimated_by_us: int = Field(description="ingest estimated some of it, on request")
    missing: int = Field(description="nothing covers some of its minutes")


class DayCompletenessOut(StepCountsOut):
    day: date = Field(description="local day, Europe/Paris")
    step_min: int = Field(description="settlement step of the operation on that day")
    covered_min: int = Field(
        description="minutes of the day, of 1380, 1440 or 1500, that values of the DSO cover",
        examples=[1_440],
    )


class PointCompletenessOut(BodyOut):
    prm: str
    direction: Direction
    totals: StepCountsOut
    days: list[DayCompletenessOut] = Field(description="those on which it takes part, in order")


class CompletenessOut(BodyOut):
    """The completeness of a month's readings."""

    operation_id: str
    month: str
    to_day: date = Field(description="days from here on are not counted: they are not over")
    totals: StepCountsOut
    points: list[PointCompletenessOut] = Field(description="in order of prm and direction")

    @classmethod
    def of(cls, completeness: Completeness) -> Self:
        counts = completeness.counts
        points = counts.group_by("prm", "direction", maintain_order=True).agg(
            totals=pl.struct(pl.col(_COUNTS).sum()),
            days=pl.struct("day", "step_min", "covered_min", *_COUNTS),
        )
        # At once: thousands of days, one by one, take most of the time of the answer.
        return cls.model_validate(
            {
                "operation_id": completeness.operation_id,
                "month": str(completeness.month),
                "to_day": completeness.to_day,
                "totals": counts.select(pl.col(_COUNTS).sum()).row(0, named=True),
                "points": points.to_dicts(),
            }
        )

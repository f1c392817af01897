"""Bodies of the routes for recurring gatherings."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from libs.common.edge.days import DayField
from libs.common.http import BodyIn
from services.community.domain.gatherings.recurrence import (
    MOST_OCCURRENCES,
    Frequency,
    RecurrenceRule,
    Weekday,
)
from services.community.schemas.gatherings.gatherings import GatheringIn

_FIRST: dict[str, JsonValue] = {
    "operation_id": "ACC00000101",
    "kind": "workshop",
    "title": "Repair café",
    "description": "",
    "agenda": [],
    "place": "Moulin\n99110 Aurelle",
    "url": None,
    "starts_at": "2027-01-14T18:00:00+00:00",
    "ends_at": "2027-01-14T20:00:00+00:00",
    "audience": "everybody",
    "capacity": None,
    "max_guests": 0,
    "reply_by": None,
    "facilitator_ids": [],
    "remind_days": None,
}


class RuleIn(BodyIn):
    frequency: Frequency
    interval: int = Field(1, ge=1, le=12, description="every so many weeks or months")
    weekdays: list[Weekday] = Field([], max_length=7, examples=[["TH"]])
    nth: Literal[1, 2, 3, 4, -1] | None = Field(
        None,
        description="for months: which of these weekdays, -1 the last; null: the date of the first",
    )
    count: Annotated[int, Field(ge=1, le=MOST_OCCURRENCES)] | None = Field(None, examples=[10])
    until: DayField | None = Field(None, description="the last day", examples=["2027-06-30"])

    def to_rule(self) -> RecurrenceRule:
        """Raises SeriesUnfit."""
        return RecurrenceRule(**dict(self))


class SeriesIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "first": _FIRST,
                    "rule": {"frequency": "monthly", "weekdays": ["TH"], "nth": 2, "count": 10},
                }
            ]
        }
    )

    first: GatheringIn
    rule: RuleIn

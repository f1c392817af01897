"""Bodies of the routes for pulling from the DSO."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, OperationIdField, PrmField
from services.ingest.domain.pulls import PullSource, PullState, Resource

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2200, 1, 1)

_Day = Annotated[date, Field(ge=_FIRST_DAY, le=_LAST_DAY)]


class PullIn(BodyIn):
    """A request to pull from the DSO, over ``[from_day, to_day)``."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "source": "data-connect",
                    "operation_id": "ACC00000101",
                    "from_day": "2026-10-01",
                    "to_day": "2026-11-01",
                }
            ]
        }
    )

    source: PullSource
    operation_id: OperationIdField | None = Field(
        None, description="all its points, on the days on which they take part"
    )
    points: list[PrmField] = Field(
        [], max_length=1000, description="for `data-connect` only, instead of an operation"
    )
    from_day: _Day = Field(examples=["2026-10-01"])
    to_day: _Day = Field(
        examples=["2026-11-01"], description="the day after the last; for `acc`, whole months only"
    )
    provisional: bool = Field(
        default=False,
        description="for `acc`: the provisional results instead of the definitive ones",
    )

    @model_validator(mode="after")
    def _name_one_subject(self) -> Self:
        if bool(self.points) == (self.operation_id is not None):
            raise ValueError("name an operation_id, or points")
        if self.source == PullSource.ACC and self.operation_id is None:
            raise ValueError("the ACC API knows operations: name an operation_id")
        if self.source != PullSource.ACC and self.provisional:
            raise ValueError("only the ACC API has provisional results")
        if self.from_day >= self.to_day:
            raise ValueError("to_day must be after from_day")
        return self


class PulledOut(BodyOut):
    """The questions that will be put to the DSO."""

    added: int = Field(description="calls that are new", examples=[5])
    waited_already: int = Field(description="calls that waited before", examples=[0])
    without_participation: list[str] = Field(
        description="points of the request that take no part on any of these days: not asked for",
        examples=[["99110000000103"]],
    )


class PullOut(BodyOut):
    """A question to the DSO, and its outcome."""

    id: UUID
    source: PullSource
    resource: Resource
    operation_id: str | None
    prm: str | None
    direction: Direction | None
    from_day: date
    to_day: date = Field(description="the day after the last")
    asked_by: str = Field(description="subject of the token, `schedule` or `re-request`")
    state: PullState
    created_at: datetime
    attempts: int = Field(examples=[1])
    next_attempt_at: datetime | None = Field(examples=[None])
    last_problem: str | None = Field(description="what went wrong, and what to do", examples=[None])
    delivery_id: UUID | None = Field(description="what the answer became", examples=[None])
    closed_at: datetime | None

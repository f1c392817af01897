"""Bodies of the routes for readings that are late."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.calendar import Month
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction
from services.ingest.domain.re_requests import (
    Flow,
    MissingDays,
    ReRequestStatus,
    split_into_calls,
)
from services.ingest.schemas.gaps import Only
from services.ingest.tables import ReRequestRow


class ReRequestIn(BodyIn):
    """The late readings that are requested again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"only": None}]})

    only: Only | None = None


class LackOut(BodyOut):
    """Consecutive days of a point, each of which lacks some steps."""

    prm: str
    direction: Direction
    from_day: date
    to_day: date = Field(description="the day after the last")
    missing_steps: int = Field(description="settlement steps, those that we estimated included")
    missing_since: date = Field(description="since when its first day has counted as missing")
    flow: Flow = Field(description="how it may still come; `none`: too old to ask for")


class CallOut(BodyOut):
    """One question to the DSO, within the limits of the flow."""

    flow: Flow
    direction: Direction
    prms: list[str]
    from_day: date
    to_day: date = Field(description="the day after the last")


class ReRequestOut(BodyOut):
    """A request to the DSO for missing readings, and its outcome."""

    id: UUID
    prm: str
    direction: Direction
    from_day: date
    to_day: date = Field(description="the day after the last")
    flow: Flow
    status: ReRequestStatus
    asked_by: str = Field(description="subject of the token, or `schedule`")
    created_at: datetime
    attempts: int = Field(description="how often the DSO was asked", examples=[1])
    last_attempt_at: datetime | None
    last_problem: str | None = Field(
        description="what went wrong at the last attempt", examples=["The DSO did not answer."]
    )
    next_attempt_at: datetime | None
    closed_at: datetime | None = Field(
        description="when it was resolved, withdrawn or given up", examples=[None]
    )

    @classmethod
    def of(cls, row: ReRequestRow) -> Self:
        return cls.model_validate(row)


class MissingOut(BodyOut):
    """The late readings of a month, and what is being done about them."""

    operation_id: str
    month: str
    missing: list[LackOut] = Field(description="in order of prm, direction, day")
    calls: list[CallOut] = Field(description="the calls that would ask for all of it")
    re_requests: list[ReRequestOut] = Field(description="of days of this month")

    @classmethod
    def of(
        cls,
        operation_id: str,
        month: Month,
        lacks: Sequence[MissingDays],
        re_requests: Iterable[ReRequestRow],
    ) -> Self:
        return cls(
            operation_id=operation_id,
            month=str(month),
            missing=[LackOut.model_validate(lack) for lack in lacks],
            calls=[CallOut.model_validate(call) for call in split_into_calls(lacks)],
            re_requests=[ReRequestOut.of(re_request) for re_request in re_requests],
        )

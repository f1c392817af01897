"""Bodies of the routes for estimations."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from libs.common.calendar import Month
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction
from services.ingest.domain.estimations import Method
from services.ingest.domain.estimations.estimates import Estimate
from services.ingest.schemas.gaps import MAX_DAYS, Day, Only, check_period
from services.ingest.tables import EstimationRow


class EstimationIn(BodyIn):
    """A month, or the days from one to before another."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"month": "2026-10"}]})

    month: str | None = Field(
        None, pattern=r"^2[01][0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-10"]
    )
    from_day: Day | None = None
    to_day: Day | None = Field(
        None, description=f"the day after the last; at most {MAX_DAYS} after from_day"
    )
    methods: list[Method] | None = Field(
        None,
        min_length=1,
        max_length=len(Method),
        description="in the order in which they are tried; default: those of the policy",
    )
    only: Only | None = None

    @model_validator(mode="after")
    def _name_one_period(self) -> Self:
        days = (self.from_day, self.to_day)
        if self.month is None:
            if self.from_day is None or self.to_day is None:
                raise ValueError("name a month, or both from_day and to_day")
            check_period(self.from_day, self.to_day)
        elif days != (None, None):
            raise ValueError("name a month or days, not both")
        _check_each_once(self.methods or [])
        return self

    @property
    def period(self) -> tuple[date, date]:
        """The first day, and the day after the last."""
        if self.month is not None:
            month = Month.parse(self.month)
            return month.first_day, month.next_first_day
        assert self.from_day is not None
        assert self.to_day is not None
        return self.from_day, self.to_day


def _check_each_once(methods: list[Method]) -> list[Method]:
    if len(set(methods)) < len(methods):
        raise ValueError("name each method once")
    return methods


class EstimationPolicyBody(BodyIn):
    """The rules by which gaps of an operation may be filled."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {"methods": ["interpolation", "same_weekday"], "interpolation_max_min": 60}
            ]
        },
    )

    methods: Annotated[list[Method], AfterValidator(_check_each_once)] = Field(
        max_length=len(Method),
        description="in the order in which they are tried; empty: nothing is estimated",
    )
    interpolation_max_min: int = Field(
        ge=0, le=1440, description="longest gap that a straight line may fill", examples=[60]
    )


class EstimationOut(BodyOut):
    """A request to fill gaps: who made it, when, and its outcome."""

    id: UUID
    operation_id: str
    from_day: date
    to_day: date
    methods: list[Method]
    asked_by: str = Field(description="subject of the token")
    asked_at: datetime
    steps_filled: int = Field(
        description="steps of the meters that were given a value", examples=[2]
    )
    steps_left: int = Field(description="that no method could fill", examples=[0])
    withdrawn_by: str | None = Field(examples=[None])
    withdrawn_at: datetime | None = Field(examples=[None])


class EstimateOut(BodyOut):
    """The estimation of some steps of a block."""

    estimation_id: UUID
    method: Method
    steps: list[int] = Field(description="positions in the block, from 0", examples=[[2]])
    input_days: list[date] = Field(description="local days of the values that it was made from")

    @classmethod
    def of(cls, estimate: Estimate) -> Self:
        return cls(
            estimation_id=estimate.estimation_id,
            method=Method(estimate.method),
            steps=list(estimate.slots),
            input_days=list(estimate.input_days),
        )


class EstimatedBlockOut(EstimateOut):
    """The estimation of some steps of a block, with the block and the revision that was made."""

    prm: str
    direction: Direction
    day: date
    step_min: int
    revision: int
    input_prms: list[str] = Field(
        description="the neighbouring plants that production was estimated from"
    )


class EstimationDetailsOut(EstimationOut):
    estimates: list[EstimatedBlockOut] = Field(
        description="as they were made; some may no longer stand"
    )

    @classmethod
    def of(cls, row: EstimationRow, estimates: Iterable[Estimate]) -> Self:
        parts = [
            EstimatedBlockOut(
                **EstimateOut.of(estimate).model_dump(),
                **estimate.block._asdict(),
                revision=estimate.revision,
                input_prms=list(estimate.input_prms),
            )
            for estimate in estimates
        ]
        return cls(**EstimationOut.model_validate(row).model_dump(), estimates=parts)

"""The requests for simulations over the API, and their progress."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, OperationIdField
from services.allocation.domain.simulations.states import SimulationState
from services.allocation.schemas.keys import TitleField
from services.allocation.schemas.simulations.members import PlantIn, ProfileIn
from services.allocation.schemas.simulations.results import ResultOut
from services.allocation.schemas.simulations.studies import (
    CsvText,
    StudyIn,
    check_points_differ,
)
from services.allocation.tables import SimulationRow

_MOST_CSV_CHARACTERS = 32 * 1024 * 1024
MOST_BYTES = _MOST_CSV_CHARACTERS + 4 * 1024 * 1024
"""Limit of a request: beside the curves there are scenarios, and JSON doubles line ends."""
_MOST_DAYS = 366
_BASE_READINGS = {"of": "readings", "from_day": "2026-10-01", "to_day": "2026-11-01"}
_ROOF = {
    "prm": "99000000000902",
    "power_kwp": "36",
    "tilt_deg": 30,
    "azimuth_deg": 180,
    "latitude_deg": 43.6,
    "longitude_deg": 1.44,
}
_SCHOOL = {"prm": "99000000000901", "profile": "school", "annual_kwh": "40000"}

EXAMPLES: dict[str, Any] = {
    "keys": {
        "summary": "The keys in force, the default key and proposals, on October's readings",
        "value": {
            "operation_id": "ACC00000101",
            "base": _BASE_READINGS,
            "prices": {
                "local_eur_per_kwh": "0.12",
                "supplier_eur_per_kwh": "0.20",
                "feed_in_eur_per_kwh": "0.04",
            },
            "scenarios": [
                {"name": "as it was"},
                {"name": "default", "key": {"type": "default_dynamic"}},
            ],
            "search": {"maximise": "energy", "min_coverage_ratio": 0.8},
        },
    },
    "members": {
        "summary": "A school joins, and one more roof",
        "value": {
            "operation_id": "ACC00000101",
            "title": "Avec ou sans l’école",
            "base": _BASE_READINGS,
            "prices": {"local_eur_per_kwh": "0.12", "supplier_eur_per_kwh": "0.20"},
            "scenarios": [
                {"name": "today", "key": {"type": "default_dynamic"}},
                {
                    "name": "with the school",
                    "key": {"type": "default_dynamic"},
                    "added_consumers": [_SCHOOL],
                },
                {
                    "name": "and one more roof",
                    "key": {"type": "default_dynamic"},
                    "added_consumers": [_SCHOOL],
                    "added_plants": [_ROOF],
                },
            ],
        },
    },
    "project": {
        "summary": "An operation that does not run yet: profiles and a plant",
        "value": {
            "operation_id": "ACC00000101",
            "base": {
                "of": "profiles",
                "from_day": "2026-01-01",
                "to_day": "2027-01-01",
                "step_min": 30,
                "consumers": [
                    _SCHOOL,
                    {"prm": "99000000000903", "profile": "household", "annual_kwh": "4500"},
                ],
                "plants": [_ROOF],
            },
            "prices": {"local_eur_per_kwh": "0.12", "supplier_eur_per_kwh": "0.20"},
            "scenarios": [{"name": "project", "key": {"type": "default_dynamic"}}],
        },
    },
}
"""Examples of the request, for OpenAPI."""


class _PeriodIn(BodyIn):
    from_day: DayField
    to_day: DayField = Field(description="first day after the period, at most 366 days later")

    @model_validator(mode="after")
    def _has_days(self) -> Self:
        if not 0 < (self.to_day - self.from_day).days <= _MOST_DAYS:
            message = f"to_day must be 1 to {_MOST_DAYS} days after from_day"
            raise ValueError(message)
        return self


class ReadingsIn(_PeriodIn):
    """The operation's metered points in a period; a point counts as 0 when not taking part."""

    of: Literal["readings"]
    missing_readings: Literal["refuse", "zero"] = Field(
        "refuse", description="`zero`: they count as no energy, and the result gives their number"
    )


class CurvesIn(BodyIn):
    """Curves from a file, as `elocoop readings` prints it: no gaps, at most 366 days."""

    of: Literal["curves"]
    curves_csv: CsvText = Field(
        min_length=1,
        max_length=_MOST_CSV_CHARACTERS,
        description="header prm,direction,start,step_min,power_w[,nature,doubtful]",
    )
    step_min: Literal[5, 10, 15, 30, 60] | None = Field(
        None, description="null: the coarsest step of the file"
    )


class ProfilesIn(_PeriodIn):
    """No metered points yet: profiles with their annual kWh, and plants."""

    of: Literal["profiles"]
    step_min: Literal[5, 10, 15, 30, 60] = 30
    consumers: list[ProfileIn] = Field(min_length=1, max_length=500)
    plants: list[PlantIn] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _points_differ(self) -> Self:
        check_points_differ(self.consumers, self.plants)
        return self


BaseField = Annotated[ReadingsIn | CurvesIn | ProfilesIn, Field(discriminator="of")]


class SimulationIn(StudyIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [example["value"] for example in EXAMPLES.values()]}
    )

    operation_id: OperationIdField
    title: TitleField | None = Field(
        None, description="free text", examples=["Avec ou sans l’école"]
    )
    base: BaseField = Field(description="the curves on which all scenarios are based")

    def plants(self) -> list[PlantIn]:
        base_plants = self.base.plants if isinstance(self.base, ProfilesIn) else []
        return [*base_plants, *super().plants()]


class DraftIn(BodyIn):
    valid_from: DayField = Field(examples=["2027-01-01"])
    valid_to: DayField | None = Field(
        None, description="first day after its end; null: until a later key begins", examples=[None]
    )


class DraftOut(BodyOut):
    key_id: UUID = Field(description="of the draft, see `Location`")


class ProgressOut(BodyOut):
    done: int = Field(description="parts computed so far", examples=[31])
    total: int = Field(description="0 until known", examples=[31])


class FailureOut(BodyOut):
    type: str = Field(description="of the problem, as in problem+json", examples=["/problems/bug"])
    title: str = Field(examples=["No key can be proposed"])
    detail: str = Field(examples=["Nobody consumes anything while there is production."])


class SimulationHeadOut(BodyOut):
    id: UUID
    operation_id: OperationId
    title: str | None = Field(examples=["Avec ou sans l’école"])
    asked_by: str = Field(description="subject of the caller's token")
    asked_at: datetime
    state: SimulationState = Field(
        description="`queued`, `running`, then one of `done`, `failed`, `cancelled`",
        examples=["done"],
    )
    progress: ProgressOut
    started_at: datetime | None
    ended_at: datetime | None
    scenarios: list[str] = Field(description="their names", examples=[["today", "with the school"]])

    @classmethod
    def of(cls, row: SimulationRow) -> Self:
        return cls(**_head(row))


class SimulationOut(SimulationHeadOut):
    request: dict[str, Any] = Field(
        description="the request, without the text of curves",
        examples=[{"scenarios": [{"name": "today", "key": {"type": "default_dynamic"}}]}],
    )
    failure: FailureOut | None = Field(examples=[None])
    result: ResultOut | None = Field(description="once it is `done`")
    missing_steps: int | None = Field(
        description="missing readings that counted as 0, over all points; null until known"
    )

    @classmethod
    def of(cls, row: SimulationRow) -> Self:
        """Build the body from a row with its result loaded."""
        return cls(
            **_head(row),
            request=row.request,
            failure=row.failure,
            result=row.result,
            missing_steps=row.missing_steps,
        )


def _head(row: SimulationRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "operation_id": row.operation_id,
        "title": row.title,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at,
        "state": row.state,
        "progress": {"done": row.parts_done, "total": row.parts_total},
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "scenarios": row.scenarios,
    }

"""Parts of frozen documents."""

from pydantic import ConfigDict, Field

from libs.common.day_kinds import DayKind
from libs.common.http import BodyOut
from services.billing.schemas.taxes.issuers import IssuerProfileOut


class FrozenOut(BodyOut):
    """Frozen content of a document; fields absent from it are left out.

    Routes answer it with ``response_model_exclude_unset``, so that the answer has the same hash.
    """

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class FrozenProfileOut(IssuerProfileOut, FrozenOut):
    """The issuer's profile."""


class HoursPart(BodyOut):
    """Half-hours of the local clock `[start, end)`, 0 at midnight; over midnight if not after."""

    start: int = Field(examples=[12])
    end: int = Field(examples=[44])


class FrozenWindowOut(BodyOut):
    """Half-hours that match months, kinds of day and hours; an empty condition matches any."""

    months: list[int] = Field(examples=[[]])
    days: list[DayKind] = Field(examples=[["working_day"]])
    hours: list[HoursPart]


class FrozenHourClassOut(BodyOut):
    name: str = Field(examples=["Heures pleines"])
    windows: list[FrozenWindowOut]


class ClassesOfMonthOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    classes: list[FrozenHourClassOut]

"""Parts of documents as they were frozen."""

from pydantic import ConfigDict, Field

from libs.common.http import BodyOut
from services.billing.domain.price_list.hour_classes import DayKind
from services.billing.schemas.issuers import IssuerProfileOut


class FrozenOut(BodyOut):
    """What a document says, as it was frozen: what its content does not have is left out.

    Routes answer it with ``response_model_exclude_unset``, so that its hash is that of the answer.
    """

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class FrozenProfileOut(IssuerProfileOut, FrozenOut):
    """Of the issuer."""


class HoursPart(BodyOut):
    """Half-hours of the local clock `[start, end)`, 0 at midnight; over midnight if not after."""

    start: int = Field(examples=[12])
    end: int = Field(examples=[44])


class FrozenWindowOut(BodyOut):
    """Half-hours of these months, kinds of day and hours, all three; empty is any."""

    months: list[int] = Field(examples=[[]])
    days: list[DayKind] = Field(examples=[["working_day"]])
    hours: list[HoursPart]


class FrozenHourClassOut(BodyOut):
    name: str = Field(examples=["Heures pleines"])
    windows: list[FrozenWindowOut]


class ClassesOfMonthOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    classes: list[FrozenHourClassOut]

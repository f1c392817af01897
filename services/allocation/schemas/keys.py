"""Bodies of the routes for sharing keys."""

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Prm
from libs.common.texts import AS_SEEN, RawLineField
from services.allocation.domain.keys.bases import CoefficientBasis, DayBasis
from services.allocation.domain.keys.timeline import Definition
from services.allocation.domain.keys.versions import KeyState, KeyVersion


def without_nul(definition: dict[str, Any]) -> dict[str, Any]:
    """Refuse what cannot be stored; for validators."""
    # PostgreSQL's jsonb refuses it.
    if "\\u0000" in json.dumps(definition):
        message = "a NUL character"
        raise ValueError(message)
    return definition


DefinitionField = Annotated[
    dict[str, Any],
    AfterValidator(without_nul),
    Field(
        max_length=10,
        description="by `type`: `default_dynamic`; `static` with `shares` (prm to decimal text) and"
        " `redistribute`; `priority` with `ranks`, served in order (lists of prms, or `weights` by"
        " prm), and `schedules` (ranks for some `months`, `days` and `hours`);"
        " `dynamic` and `full_dynamic`, whose coefficients come as files."
        " See docs/use/allocation.md",
    ),
]

TitleField = Annotated[RawLineField, StringConstraints(max_length=120), AS_SEEN]


class KeyIn(BodyIn):
    valid_from: DayField = Field(examples=["2027-01-01"])
    valid_to: DayField | None = Field(
        description="first day after its end; null: until a later key begins", examples=[None]
    )
    definition: DefinitionField = Field(
        examples=[
            {"type": "default_dynamic"},
            {"type": "static", "shares": {"99220000000101": "0.25"}, "redistribute": False},
            {
                "type": "priority",
                "schedules": [
                    {
                        "days": ["working_day"],
                        "hours": [["08:00", "18:00"]],
                        "ranks": [["99220000000101"], ["99220000000102", "99220000000103"]],
                    }
                ],
                "ranks": [{"weights": {"99220000000102": "0.6", "99220000000103": "0.4"}}],
            },
            {"type": "dynamic"},
        ]
    )
    poll_id: UUID | None = Field(
        description="the members' poll that decides on it, if any", examples=[None]
    )
    title: TitleField | None = Field(description="free text", examples=["L’école d’abord"])


class ApprovalIn(BodyIn):
    poll_id: UUID | None = Field(
        None,
        description="the members' poll that adopted it; null: that of the draft, if any",
        examples=[None],
    )


class DeclarationIn(BodyIn):
    declared_on: DayField | None = Field(
        None, description="when it was declared to the DSO; null: today", examples=["2026-12-10"]
    )


class KeyOut(BodyOut):
    """The accounts that acted are null for members."""

    id: UUID
    number: int = Field(description="counts the versions of the operation's keys")
    state: KeyState = Field(
        description="`draft`; `approved` by the organiser; `declared` to the DSO; `active` on its"
        " days, past and to come; `superseded`: it was replaced, or its days from `in_force_to`"
        " on have gone to a later key",
        examples=["active"],
    )
    valid_from: date
    valid_to: date | None = Field(
        description="first day after its end; null: until a later key begins"
    )
    in_force_to: date | None = Field(
        description="of an active key: first day of its successor; null: no end is set",
        examples=[None],
    )
    definition: dict[str, Any] = Field(
        examples=[{"type": "static", "shares": {"99110000000101": "0.25"}, "redistribute": False}]
    )
    unknown_points: list[Prm] = Field(
        description="points that it names and that, as far as is known here, never take part while"
        " it is in force: their shares stay with the producers"
    )
    poll_id: UUID | None
    title: str | None = Field(examples=["L’école d’abord"])
    drafted_by: str | None = Field(description="account")
    drafted_at: datetime | None = Field(examples=["2025-12-01T09:00:00Z"])
    approved_by: str | None = Field(description="account; `poll` if the members adopted it")
    approved_at: datetime | None = Field(examples=["2025-12-05T18:30:00Z"])
    declared_by: str | None = Field(description="account")
    declared_on: date | None
    activated_by: str | None = Field(description="account")
    activated_at: datetime | None = Field(examples=["2025-12-28T08:00:00Z"])

    @classmethod
    def of(
        cls,
        version: KeyVersion,
        *,
        today: date,
        definition: Definition,
        unknown: Collection[Prm],
        with_people: bool,
    ) -> Self:
        """Build the body, with the definition and the unknown points that the caller may see."""
        hidden = [] if with_people else [name for name in vars(version) if name.endswith("_by")]
        return cls(
            **vars(version)
            | dict.fromkeys(hidden)
            | {
                "state": version.state_on(today),
                "definition": dict(definition),
                "unknown_points": sorted(unknown),
            }
        )


class DayBasisOut(BodyOut):
    """The basis of a day that was not shared by its key: coefficients set before the month."""

    basis: CoefficientBasis = Field(
        description="`deposit`: that of the month; without one in time, `last_deposit`: that of an"
        " earlier month, by weekday and clock, or `default_key`: the DSO's own rule"
    )
    month: str | None = Field(description="of the deposit", examples=["2027-01"])
    number: int | None = Field(description="of the deposit", examples=[1])

    @classmethod
    def of(cls, basis: DayBasis) -> Self:
        return cls.model_validate(vars(basis))

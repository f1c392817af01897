"""Bodies of the routes for sharing keys."""

import json
from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Prm
from services.allocation.domain.timeline import Definition, KeyPeriod


def _without_nul(definition: dict[str, Any]) -> dict[str, Any]:
    # PostgreSQL's jsonb refuses it.
    if "\\u0000" in json.dumps(definition):
        message = "a NUL character"
        raise ValueError(message)
    return definition


DayField = Annotated[
    date,
    Field(ge=date(2000, 1, 1), lt=date(2200, 1, 1), description="local day, Europe/Paris"),
]
DefinitionField = Annotated[
    dict[str, Any],
    AfterValidator(_without_nul),
    Field(
        max_length=10,
        description="by `type`: `default_dynamic`; `static` with `shares` (prm to decimal text) and"
        " `redistribute`; `priority` with `ranks` (lists of prms, served in order)",
    ),
]


class KeyIn(BodyIn):
    definition: DefinitionField = Field(
        examples=[
            {"type": "default_dynamic"},
            {"type": "static", "shares": {"99220000000101": "0.25"}, "redistribute": False},
            {"type": "priority", "ranks": [["99220000000101"], ["99220000000102"]]},
        ]
    )
    valid_to: DayField | None = Field(
        None, description="first day without it; null: until a later key begins", examples=[None]
    )


class KeyOut(BodyOut):
    valid_from: date
    valid_to: date | None = Field(description="first day without it; null: no end in sight")
    definition: dict[str, Any]
    unknown_points: list[Prm] = Field(
        description="points that it names and that never take part while it is in force, as far as"
        " is known here: their shares stay with the producers"
    )

    @classmethod
    def of(cls, period: KeyPeriod, definition: Definition, unknown: Collection[Prm]) -> Self:
        return cls(
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            definition=dict(definition),
            unknown_points=sorted(unknown),
        )

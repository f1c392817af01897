"""Bodies of the routes for conventions with the DSO."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.texts import RawLineField
from services.community.domain.desk.conventions import Convention, Declarer

NoticeField = Annotated[
    int,
    Field(
        ge=0,
        le=120,
        description="working days from the declaration to the day on which it takes effect; the"
        " default is to be checked against the signed convention",
    ),
]


class ConventionBody(BodyIn):
    """The terms agreed with the DSO."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "dso_contract_id": "CAC-2026-000123",
                    "signed_on": "2025-11-20",
                    "valid_from": "2026-01-01",
                    "valid_to": None,
                    "entry_notice_working_days": 10,
                    "exit_notice_working_days": 10,
                    "coefficients_due_working_days": 5,
                    "closing_due_working_days": 15,
                    "declared_by": "organiser",
                }
            ]
        },
    )

    dso_contract_id: Annotated[RawLineField, StringConstraints(max_length=60)] | None = Field(
        description="the DSO's number of the convention", examples=["CAC-2026-000123"]
    )
    signed_on: DayField | None = Field(examples=["2025-11-20"])
    valid_from: DayField | None = Field(examples=["2026-01-01"])
    valid_to: DayField | None = Field(
        description="the first day without it; null: no end is agreed", examples=[None]
    )
    entry_notice_working_days: NoticeField = Field(examples=[10])
    exit_notice_working_days: NoticeField = Field(examples=[10])
    coefficients_due_working_days: int | None = Field(
        ge=1,
        le=60,
        description="working day of the next month by which the DSO expects coefficients; null:"
        " it gets none, as for a default or a static key",
        examples=[5],
    )
    closing_due_working_days: int = Field(
        ge=1,
        le=60,
        description="working day of the next month by which a month is to be settled",
        examples=[15],
    )
    declared_by: Declarer = Field(
        description="who declares changes to the DSO: the `organiser`, or `staff` on its behalf",
    )

    def to_convention(self) -> Convention:
        """Raises ConventionEmpty."""
        return Convention(**dict(self))


class ConventionOut(ConventionBody, BodyOut):
    """The convention, with defaults for the rest."""

"""Bodies of the routes for attendance at a gathering, and for its minutes."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from services.community.domain.gatherings.minutes import Decision, Minutes

_TEXT = r"^[^\x00-\x09\x0b-\x1f\x7f]*$"
LongTextField = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=50_000, pattern=_TEXT)
]
DecisionTextField = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=_TEXT)
]


class AttendanceIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"guests": 1}]})

    guests: int = Field(ge=0, le=20, description="people who came with the member")


class AttendanceOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    guests: int = Field(examples=[1])
    noted_at: datetime


class DecisionIn(BodyIn):
    text: DecisionTextField = Field(examples=["The school comes first at noon."])
    poll_id: UUID | None = Field(description="the vote that took it")


class MinutesIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "content": "31 members were there. The year in figures was shown.",
                    "decisions": [{"text": "The school comes first at noon.", "poll_id": None}],
                    "after_edit": 0,
                }
            ]
        }
    )

    content: LongTextField = Field(description="plain text")
    decisions: list[DecisionIn] = Field(max_length=200, description="numbered from 1")
    after_edit: int = Field(
        ge=0, le=2_147_483_647, description="number of the last edit that you have seen; 0: none"
    )

    def to_minutes(self) -> Minutes:
        return Minutes(
            self.content,
            [
                Decision(number, decision.text, decision.poll_id)
                for number, decision in enumerate(self.decisions, start=1)
            ],
        )


class DecisionOut(BodyOut):
    number: int
    text: str = Field(examples=["The school comes first at noon."])
    poll_id: UUID | None


class MinutesOut(BodyOut):
    version: int = Field(description="1 is the first one", examples=[1])
    edit: int = Field(description="grows by 1 with each edit of the draft", examples=[3])
    content: str = Field(examples=["31 members were there. The year in figures was shown."])
    decisions: list[DecisionOut]
    written_at: datetime
    published_at: datetime | None = Field(description="null: a draft")

    @classmethod
    def of(
        cls,
        minutes: Minutes,
        *,
        version: int,
        edit: int,
        written_at: datetime,
        published_at: datetime | None,
    ) -> Self:
        return cls(
            version=version,
            edit=edit,
            content=minutes.content,
            decisions=[DecisionOut.model_validate(decision) for decision in minutes.decisions],
            written_at=written_at,
            published_at=published_at,
        )

"""Bodies of the routes for gatherings."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from libs.common.edge.days import InstantField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationIdField
from libs.common.texts import LineField, ReasonField
from services.community.domain.gatherings.gathering import (
    AgendaItem,
    Gathering,
    GatheringAudience,
    GatheringKind,
    GatheringPhase,
)
from services.community.domain.gatherings.seating import ReplyAnswer
from services.community.schemas.fields import PlaceField, TextField, UrlField

_FROM, _TO = datetime(2027, 1, 14, 18, tzinfo=UTC), datetime(2027, 1, 14, 20, tzinfo=UTC)
_AGENDA: list[JsonValue] = [
    {"title": "The year in figures", "minutes": 20, "speaker": "Lucie Brindille"},
    {"title": "A second roof", "minutes": 40, "speaker": None},
]
_MEMBER_ID = "5b6df807-d41e-5251-a808-b67bac9773b2"


class AgendaItemBody(BodyIn):
    model_config = ConfigDict(from_attributes=True)

    title: LineField = Field(examples=["A second roof"])
    minutes: int | None = Field(ge=1, le=1440, examples=[40])
    speaker: LineField | None = Field(examples=["Lucie Brindille"])


class GatheringBody(BodyIn):
    """The content of a gathering: the same in requests and in answers."""

    operation_id: OperationIdField | None = Field(
        description="null: the whole co-op; staff only", examples=["ACC00000101"]
    )
    kind: GatheringKind
    title: LineField = Field(examples=["Assembly of the winter"])
    description: TextField = Field(examples=["There will be soup."])
    agenda: Sequence[AgendaItemBody] = Field(max_length=50, examples=[_AGENDA])
    place: PlaceField = Field(examples=["Salle des fêtes\n99110 Aurelle"])
    url: UrlField | None = Field(
        description="of the video call", examples=["https://visio.example.org/winter"]
    )
    starts_at: InstantField = Field(examples=[_FROM.isoformat()])
    ends_at: InstantField = Field(examples=[_TO.isoformat()])
    audience: GatheringAudience = Field(
        description="of the operation: those who take part on the local day on which it starts ·"
        " of the whole co-op: `everybody` is every member",
    )
    capacity: int | None = Field(
        ge=1, le=1_000_000, description="seats; null: enough for all", examples=[60]
    )
    max_guests: int = Field(ge=0, le=20, description="that each may bring", examples=[2])
    reply_by: InstantField | None = Field(description="null: until it starts", examples=[None])
    facilitator_ids: list[UUID] = Field(
        max_length=2, description="the members who lead it, a pair", examples=[[_MEMBER_ID]]
    )
    remind_days: int | None = Field(
        ge=1, le=60, description="days before to remind those who come", examples=[2]
    )


class GatheringIn(GatheringBody):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "operation_id": "ACC00000101",
                    "kind": "assembly",
                    "title": "Assembly of the winter",
                    "description": "There will be soup.",
                    "agenda": _AGENDA,
                    "place": "Salle des fêtes\n99110 Aurelle",
                    "url": None,
                    "starts_at": _FROM.isoformat(),
                    "ends_at": _TO.isoformat(),
                    "audience": "everybody",
                    "capacity": 60,
                    "max_guests": 2,
                    "reply_by": None,
                    "facilitator_ids": [],
                    "remind_days": 2,
                }
            ]
        }
    )

    def to_gathering(self, gathering_id: UUID) -> Gathering:
        """Raises GatheringUnfit."""
        agenda = [AgendaItem(item.title, item.minutes, item.speaker) for item in self.agenda]
        return Gathering(id=gathering_id, **dict(self) | {"agenda": agenda})


class ReplyIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"answer": "yes", "guests": 1, "shows_name": True}]}
    )

    answer: ReplyAnswer
    guests: int = Field(ge=0, le=20, description="the people you bring, with `yes` only")
    shows_name: bool = Field(description="whether the other members see your name and your answer")


class ReplyOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    answer: ReplyAnswer
    guests: int = Field(examples=[1])
    is_seated: bool = Field(
        description="false: no seat is asked for, or none is free", examples=[True]
    )
    waits_behind: int | None = Field(
        description="how many parties wait before this one; null: it does not wait", examples=[None]
    )
    shows_name: bool = Field(examples=[True])
    replied_at: datetime


class CountsOut(BodyOut):
    """Persons, guests included; those of `maybe` are counted without guests."""

    seated: int = Field(examples=[31])
    waiting: int = Field(examples=[0])
    maybe: int = Field(examples=[4])
    declined: int = Field(examples=[7])
    attended: int = Field(description="persons noted as present", examples=[28])


class FacilitatorOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])


class AgendaItemOut(AgendaItemBody, BodyOut):
    pass


class GatheringOut(GatheringBody, BodyOut):
    agenda: list[AgendaItemOut] = Field(examples=[_AGENDA])
    id: UUID
    series_id: UUID | None = Field(description="the series it belongs to, if any")
    state: GatheringPhase = Field(description="`held`: it was announced and is over")
    revision: int = Field(
        description="0 as announced; grows with each change, calling off included"
    )
    facilitators: list[FacilitatorOut]
    counts: CountsOut
    announced_at: datetime | None
    cancelled_at: datetime | None
    cancelled_reason: str | None = Field(examples=[None])
    own_reply: ReplyOut | None = Field(description="of the calling member; null: none yet")

    @classmethod
    def of(
        cls,
        gathering: Gathering,
        *,
        counts: CountsOut,
        names: Mapping[UUID, str],
        **other_fields: object,
    ) -> Self:
        """other_fields: by name."""
        facilitator_ids: Sequence[UUID] = gathering.facilitator_ids
        agenda = [AgendaItemOut.model_validate(item) for item in gathering.agenda]
        return cls.model_validate(
            vars(gathering)
            | other_fields
            | {
                "agenda": agenda,
                "counts": counts,
                "facilitators": [
                    {"member_id": member_id, "name": names[member_id]}
                    for member_id in facilitator_ids
                ],
            }
        )


class CallingOffIn(BodyIn):
    reason: ReasonField = Field(
        description="shown to all who were invited", examples=["The hall is flooded."]
    )

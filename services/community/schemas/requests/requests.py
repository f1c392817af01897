"""Bodies of the routes for requests: the public form, and the desk of staff."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue, StringConstraints, model_validator

from libs.common.company_numbers import SirenField
from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, OperationIdField, PrmField
from libs.common.texts import AS_SEEN, LineField, LinesField, RawLineField, ReasonField
from services.community.domain.members.registry import MemberKind, StepMin
from services.community.domain.messages.messages import Language
from services.community.domain.requests.request import FollowUp, Request, Stage
from services.community.domain.requests.set_up import NewPoint, SetUp
from services.community.schemas.feasibility.places import PlaceBody
from services.community.schemas.fields import FormTextField
from services.community.schemas.members.registry import EmailField

_MOST_POINTS = 500  # the limit of the simulation that follows
_REQUEST: dict[str, JsonValue] = {
    "name": "Lucie Brindille",
    "email": "lucie.brindille@example.org",
    "phone": "+33 4 99 00 00 00",
    "organisation": "Les Toits d’Aurelle",
    "commune": "Pousselac-sur-Aurelle",
    "address": "14 rue des Encriers",
    "place": {"latitude_deg": 43.6, "longitude_deg": 1.44},
    "points": {"household": 12, "school": 1},
    "plants_kwc": ["36"],
    "reason": "We would like to share the sun of the school's roof with its street.",
    "may_be_contacted": True,
}
_AT, _STAFF = "2026-11-02T08:15:00Z", "7d1f0c3a-94b2-4a6e-8c55-1e2f3a4b5c6d"
_NOTE = "Called: the roof was checked in 2024.\nSends the drawings."

PhoneField = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^\+?[0-9][0-9 .()-]{4,28}$")
]
KwcField = Annotated[Decimal, Field(gt=0, le=99_999, decimal_places=3)]


class PointCounts(BodyIn):
    """The number of points of each kind."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REQUEST["points"]]})

    household: int = Field(0, ge=0, le=_MOST_POINTS, examples=[12])
    shop: int = Field(0, ge=0, le=_MOST_POINTS, examples=[1])
    office: int = Field(0, ge=0, le=_MOST_POINTS, examples=[1], description="a town hall too")
    school: int = Field(0, ge=0, le=_MOST_POINTS, examples=[1])

    @model_validator(mode="after")
    def _check_count(self) -> Self:
        if not 1 <= sum(dict(self).values()) <= _MOST_POINTS:
            message = f"give 1 to {_MOST_POINTS} points in all; for more, write to us"
            raise ValueError(message)
        return self


class RequestIn(BodyIn):
    """The form of somebody who would like an operation, without an account."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REQUEST]})

    name: LineField = Field(description="of the person")
    email: EmailField
    phone: PhoneField | None = None
    organisation: LineField | None = None
    siren: SirenField | None = None
    commune: Annotated[RawLineField, StringConstraints(max_length=100), AS_SEEN]
    address: Annotated[LinesField, StringConstraints(max_length=250)] | None = None
    place: PlaceBody | None = Field(None, description="of the first roof, or of the middle of all")
    points: PointCounts
    plants_kwc: list[KwcField] = Field(
        [], max_length=20, description="peak power of each planned plant, kWc"
    )
    reason: FormTextField = Field(description="why, in their own words")
    may_be_contacted: bool = Field(description="they agree to be called and written to about it")
    language: Language = Field("fr", description="of the message with the link")

    def to_request(self, request_id: UUID) -> Request:
        place = self.place and self.place.to_place()
        content = dict(self) | {"place": place, "points": self.points.model_dump()}
        del content["language"]
        return Request(id=request_id, **content)


class ReceiptOut(BodyOut):
    """The applicant's receipt, to look at the state later."""

    id: UUID
    secret: str = Field(
        description="shown only once", examples=["x0Jv6cYw3cX0m4TqJx2gqvT7d0b8yM1l3mQ9o5c2b7k"]
    )


class RequestStateOut(BodyOut):
    """The state as the applicant may see it, with the reason of a refusal."""

    stage: Stage
    received_at: datetime
    stage_since: datetime = Field(examples=[_AT])
    reason: str | None = Field(
        description="why it was declined", examples=["The roofs are in the shade."]
    )


class RequestHeadOut(BodyOut):
    id: UUID
    received_at: datetime
    name: str = Field(examples=["Lucie Brindille"])
    organisation: str | None = Field(examples=["Les Toits d’Aurelle"])
    commune: str = Field(examples=["Pousselac-sur-Aurelle"])
    point_count: int = Field(examples=[13])
    kwc: Decimal = Field(description="of all plants", examples=["36"])
    stage: Stage
    stage_since: datetime = Field(examples=[_AT])
    assigned_to: UUID | None = Field(description="an account of staff")
    next_action_on: date | None = Field(examples=["2026-12-01"])
    operation_id: OperationId | None = Field(description="the operation it became")


class RequestStepOut(BodyOut):
    from_stage: Stage
    to_stage: Stage
    reason: str | None = Field(examples=[None])
    at: datetime = Field(examples=[_AT])
    by: str = Field(description="subject of the token", examples=[_STAFF])


class NoteIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"text": _NOTE}]})

    text: FormTextField


class NoteOut(BodyOut):
    id: UUID
    text: str = Field(examples=[_NOTE])
    at: datetime = Field(examples=[_AT])
    by: str = Field(description="subject of the token", examples=[_STAFF])


class PointCountsOut(BodyOut):
    household: int = Field(examples=[12])
    shop: int = Field(examples=[1])
    office: int = Field(examples=[1])
    school: int = Field(examples=[1])


class RequestOut(RequestHeadOut):
    email: str
    phone: str | None = Field(examples=["+33 4 99 00 00 00"])
    siren: str | None = Field(examples=[None])
    address: str | None
    place: PlaceBody | None
    points: PointCountsOut
    plants_kwc: list[Decimal] = Field(examples=[["36"]])
    reason: str = Field(examples=[_REQUEST["reason"]])
    may_be_contacted: bool = Field(examples=[True])
    study_id: UUID | None = Field(description="a simulation: `GET /allocation/simulations/{id}`")
    steps: list[RequestStepOut] = Field(description="the first one first")
    notes: list[NoteOut] = Field(description="the first one first")


class StageIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"stage": "qualified"}]})

    stage: Stage
    reason: ReasonField | None = Field(
        None, description="required to decline; the applicant sees it"
    )


class FollowUpIn(BodyIn):
    """The assigned account and the next action; null for nobody, nothing and none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"assigned_to": None, "next_action_on": "2026-12-01", "study_id": None}]
        }
    )

    assigned_to: UUID | None = Field(description="an account of staff")
    next_action_on: DayField | None
    study_id: UUID | None = Field(description="the simulation made for it")

    def to_follow_up(self) -> FollowUp:
        return FollowUp(**dict(self))


class StageFiguresOut(BodyOut):
    stage: Stage
    count: int = Field(examples=[3])
    oldest: datetime | None = Field(
        description="when the first of them was received", examples=[_AT]
    )
    kwc: Decimal = Field(description="of their plants", examples=["108"])
    point_count: int = Field(examples=[39])


class NewPointIn(BodyIn):
    prm: PrmField
    label: Annotated[RawLineField, StringConstraints(max_length=100), AS_SEEN]
    plant: int | None = Field(
        None, ge=1, le=20, description="number of its plant in the request, from 1"
    )

    def to_point(self) -> NewPoint:
        return NewPoint(self.prm, self.label, self.plant)


class SetUpIn(BodyIn):
    """Facts missing in the request; the rest is taken from it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "operation_id": "ACC00000101",
                    "valid_from": "2027-01-01",
                    "points": [{"prm": "99110000000101", "label": "École", "plant": 1}],
                }
            ]
        }
    )

    operation_id: OperationIdField = Field(description="given by the DSO")
    valid_from: DayField
    step_min: StepMin = Field(30, description="settlement step, minutes")
    name: LineField | None = Field(None, description="null: the commune and the applicant")
    organiser_id: UUID | None = Field(
        None, description="a recorded one; null: the applicant becomes one"
    )
    member_kind: MemberKind | None = Field(
        None, description="of the applicant; null: a company with a SIREN, else a household"
    )
    points: list[NewPointIn] = Field([], max_length=500)

    @model_validator(mode="after")
    def _points_differ(self) -> Self:
        if len({point.prm for point in self.points}) < len(self.points):
            message = "a point is given twice"
            raise ValueError(message)
        return self

    def to_set_up(self) -> SetUp:
        return SetUp(**dict(self) | {"points": [point.to_point() for point in self.points]})


class RequestPurgeOut(BodyOut):
    """The number of requests deleted because they were untouched since a date."""

    at: datetime = Field(examples=[_AT])
    touched_before: datetime = Field(examples=["2023-10-31T23:00:00Z"])
    deleted: int = Field(examples=[7])

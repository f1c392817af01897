"""Bodies of the routes for organisers, members, points and operations."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from libs.common.company_numbers import SirenField, VatNumberField
from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, OperationId, Prm, PrmField
from libs.common.texts import AS_SEEN, LineField, LinesField, RawLineField
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.registry import (
    Member,
    MemberKind,
    Operation,
    Point,
    ProductionKind,
    StepChange,
    StepMin,
)
from services.community.domain.messages.messages import Language

EmailField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[!-?A-~]+@[A-Za-z0-9.-]+$"
    ),
    Field(description="ASCII; capitals make no difference", examples=["lucie@example.org"]),
]

PowerField = Annotated[int, Field(gt=0, le=1_000_000_000)]

_ORGANISER_ID = "b7c25777-c1fc-51ef-b4aa-c3426818edaf"
_MEMBER_ID = "5b6df807-d41e-5251-a808-b67bac9773b2"


class OrganiserIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Les Volts d’Aurelle, SCIC",
                    "address": "1 place du Marronnier\n99110 Pousselac-sur-Aurelle",
                }
            ]
        }
    )

    name: LineField
    address: LinesField


class OrganiserOut(BodyOut):
    id: UUID
    name: str = Field(examples=["Les Volts d’Aurelle, SCIC"])
    address: str = Field(examples=["1 place du Marronnier\n99110 Pousselac-sur-Aurelle"])


class MemberIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "household",
                    "name": "Lucie Brindille",
                    "address": "14 rue des Encriers\n99110 Pousselac-sur-Aurelle",
                    "email": "lucie.brindille@example.org",
                    "siren": None,
                    "vat_number": None,
                    "language": "fr",
                    "delivery_address": None,
                }
            ]
        }
    )

    kind: MemberKind
    name: LineField
    address: LinesField
    email: EmailField | None
    siren: SirenField | None
    vat_number: VatNumberField | None
    language: Language = Field(description="of letters to it")
    delivery_address: LinesField | None = Field(
        description="where it takes the energy it buys, if not at its address; invoices show it",
    )

    def to_member(self, member_id: UUID) -> Member:
        return Member(id=member_id, **dict(self))


class MemberOut(BodyOut):
    id: UUID
    kind: MemberKind
    name: str = Field(examples=["Lucie Brindille"])
    address: str
    email: str | None
    siren: str | None = Field(examples=[None])
    vat_number: str | None = Field(examples=[None])
    language: Language
    delivery_address: str | None = Field(examples=[None])
    revision: int = Field(description="grows by 1 with each change")


class PointIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "label": "École, toit sud",
                    "subscribed_power_va": 36000,
                    "installed_power_w": 36000,
                    "production_kind": "solar",
                }
            ]
        }
    )

    label: Annotated[RawLineField, StringConstraints(max_length=100), AS_SEEN]
    subscribed_power_va: PowerField | None = Field(
        description="apparent power of the supply contract, VA"
    )
    installed_power_w: PowerField | None = Field(
        description="of the plant behind the point, W; of panels, their peak power"
    )

    production_kind: ProductionKind | None = Field(
        description="energy source of the plant behind the point; null: not recorded"
    )

    def to_point(self, prm: Prm) -> Point:
        return Point(prm=prm, **dict(self))


class PointOut(BodyOut):
    prm: Prm
    label: str = Field(examples=["École, toit sud"])
    subscribed_power_va: int | None = Field(examples=[36_000])
    installed_power_w: int | None = Field(examples=[36_000])
    production_kind: ProductionKind | None


class OperationPointOut(PointOut):
    """A point's participation in an operation."""

    direction: Direction
    member_id: UUID
    member_name: str = Field(examples=["Lucie Brindille"])
    valid_from: date
    valid_to: date | None = Field(
        description="the first day that no longer counts; null is open-ended", examples=[None]
    )


class StepChangeBody(BodyIn):
    model_config = ConfigDict(from_attributes=True)

    valid_from: DayField = Field(examples=["2027-01-01"])
    step_min: StepMin = Field(description="settlement step from that day on, minutes")

    def to_step_change(self) -> StepChange:
        return StepChange(**dict(self))


class OperationIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Pousse-Soleil",
                    "organiser_id": _ORGANISER_ID,
                    "step_min": 30,
                    "valid_from": "2026-01-01",
                    "step_changes": [],
                }
            ]
        }
    )

    name: LineField
    organiser_id: UUID
    step_min: StepMin = Field(description="settlement step, minutes")
    valid_from: DayField
    step_changes: list[StepChangeBody] = Field(
        max_length=20, description="days from which other steps hold, in order"
    )

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        days = [self.valid_from, *(change.valid_from for change in self.step_changes)]
        if any(later <= earlier for earlier, later in pairwise(days)):
            message = "step_changes come after valid_from, each on a later day than the one before"
            raise ValueError(message)
        return self

    def to_operation(self, operation_id: OperationId) -> Operation:
        changes = tuple(change.to_step_change() for change in self.step_changes)
        return Operation(id=operation_id, **dict(self) | {"step_changes": changes})


class OperationOut(BodyOut):
    id: OperationId = Field(examples=["ACC00000101"])
    name: str = Field(examples=["Pousse-Soleil"])
    organiser_id: UUID
    step_min: StepMin = Field(description="settlement step, minutes")
    valid_from: date
    step_changes: list[StepChangeBody]
    revision: int = Field(description="of the perimeter; grows by 1 with each change")


class ParticipationIn(BodyIn):
    """A participation whose point and first day are in the path."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"direction": "consumption", "member_id": _MEMBER_ID, "valid_to": None}]
        }
    )

    direction: Direction
    member_id: UUID
    valid_to: DayField | None = Field(
        description="the first day that no longer counts; null is open-ended"
    )

    def to_participation(self, prm: Prm, valid_from: date) -> Participation:
        """Raises ValidityEmpty."""
        return Participation(prm=prm, valid_from=valid_from, **dict(self))


class ListedParticipationIn(ParticipationIn):
    """A participation in a list, with its point and first day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "prm": "99110000000010",
                    "direction": "production",
                    "member_id": _MEMBER_ID,
                    "valid_from": "2026-01-01",
                    "valid_to": None,
                }
            ]
        }
    )

    prm: PrmField
    valid_from: DayField

    def to_listed_participation(self) -> Participation:
        """Raises ValidityEmpty."""
        return Participation(**dict(self))


class ParticipationOut(BodyOut):
    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None


class PerimeterOut(OperationOut):
    participations: list[ParticipationOut] = Field(
        description="in prm, direction, valid_from order"
    )

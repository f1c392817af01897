"""Bodies of the routes for sign-ups."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue, StringConstraints

from libs.common.company_numbers import SirenField
from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, OperationId, OperationIdField, PrmField
from libs.common.texts import LineField, LinesField, ReasonField
from services.community.domain.members.registry import MemberKind
from services.community.domain.messages.messages import Language
from services.community.domain.requests.sign_ups import Acceptance, SignUp, SignUpState
from services.community.schemas.fields import FormTextField, SecretField
from services.community.schemas.members.registry import EmailField
from services.community.schemas.requests.requests import PhoneField

_SIGN_UP: dict[str, JsonValue] = {
    "operation_id": "ACC00000101",
    "kind": "household",
    "name": "Lucie Brindille",
    "address": "14 rue des Encriers\n99110 Pousselac-sur-Aurelle",
    "email": "lucie.brindille@example.org",
    "prm": "99110000000101",
    "words": "I saw the poster at the school.",
}
_AT, _REASON = "2026-11-02T08:15:00Z", "The operation has no room before spring."


class SignUpIn(BodyIn):
    """The form of somebody who wants to take part, without an account."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SIGN_UP]})

    operation_id: OperationIdField
    kind: MemberKind
    name: LineField = Field(description="of the person, the company or the public body")
    address: Annotated[LinesField, StringConstraints(max_length=250)]
    email: EmailField
    phone: PhoneField | None = None
    siren: SirenField | None = None
    prm: PrmField | None = Field(None, description="of the meter, if they know it")
    direction: Direction = Direction.CONSUMPTION
    words: FormTextField | None = Field(None, description="a message to the organiser")
    language: Language = Field("fr", description="of letters to them")

    def to_sign_up(self, sign_up_id: UUID) -> SignUp:
        return SignUp(id=sign_up_id, **dict(self))


class SignUpAskedOut(BodyOut):
    """The same answer for everybody."""

    detail: str = Field(
        "A link was sent to the address: the organiser sees the sign-up once it is confirmed.",
        examples=["A link was sent to the address."],
    )


class SignUpConfirmationIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"secret": "x0Jv6cYw3cX0m4TqJx2gqvT7d0b8yM1l3mQ9o5c2b7k"}]}
    )

    secret: Annotated[SecretField, Field(max_length=200, description="what follows # in the link")]


class SignUpConfirmedOut(BodyOut):
    operation_id: OperationId
    state: SignUpState


class AcceptanceOfSignUpIn(BodyIn):
    """Facts missing in the sign-up."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"valid_from": "2027-01-01"}]})

    valid_from: DayField = Field(description="the first day on which it is to take part")
    prm: PrmField | None = Field(None, description="replaces that of the sign-up")
    member_id: UUID | None = Field(
        None, description="if the applicant is a member already; else they become one"
    )

    def to_acceptance(self) -> Acceptance:
        return Acceptance(**dict(self))


class RefusalOfSignUpIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": _REASON}]})

    reason: ReasonField = Field(description="sent to the applicant")


class SignUpOut(BodyOut):
    id: UUID
    operation_id: OperationId
    state: SignUpState
    kind: MemberKind
    name: str = Field(examples=["Lucie Brindille"])
    address: str
    email: str
    phone: str | None = Field(examples=["+33 4 99 00 00 00"])
    siren: str | None = Field(examples=[None])
    prm: str | None = Field(examples=["99110000000101"])
    direction: Direction
    words: str | None = Field(examples=[_SIGN_UP["words"]])
    language: Language
    asked_at: datetime = Field(examples=[_AT])
    confirmed_at: datetime = Field(examples=[_AT])
    decided_at: datetime | None = Field(examples=[_AT])
    reason: str | None = Field(description="of a refusal", examples=[_REASON])
    member_id: UUID | None = Field(description="the applicant as a member")
    enrolment_id: UUID | None = Field(description="of the prospect")

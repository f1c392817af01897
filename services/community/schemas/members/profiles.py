"""Bodies of the routes by which members see and change their own data."""

from datetime import date, datetime

from pydantic import ConfigDict, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, OperationId, Prm
from libs.common.texts import LinesField
from services.community.domain.messages.messages import Language
from services.community.schemas.fields import SecretField
from services.community.schemas.members.registry import EmailField, MemberOut

_SECRET = "kq0m2ZrP3vQ7Yt1Xw9bC5dE8fG4hJ6kL0nM2pR5sT7U"  # noqa: S105 - an example


class OwnParticipationOut(BodyOut):
    """A point of the member in an operation."""

    operation_id: OperationId
    operation_name: str = Field(examples=["Pousse-Soleil"])
    prm: Prm
    point_label: str = Field(
        description="its present label, given by its present holder", examples=["École"]
    )
    direction: Direction
    valid_from: date
    valid_to: date | None = Field(description="first day without it; null: no end is recorded")
    load_curve_url: str = Field(
        description="in ingest: add from_day and to_day",
        examples=["/ingest/points/99110000000101/load-curve"],
    )
    accesses_url: str = Field(
        description="in ingest: who read the load curve",
        examples=["/ingest/points/99110000000101/accesses"],
    )


class ProfileOut(BodyOut):
    """A member as they see themselves, with all their points in all operations."""

    member: MemberOut
    participations: list[OwnParticipationOut]


class ContactIn(BodyIn):
    """Data that members change themselves; name, kind and SIREN are for staff and organisers."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "address": "14 rue des Encriers\n99110 Pousselac-sur-Aurelle",
                    "delivery_address": None,
                    "language": "fr",
                }
            ]
        }
    )

    address: LinesField
    delivery_address: LinesField | None = Field(
        description="where you take the energy you buy, if not at the address"
    )
    language: Language = Field(description="of letters to you")


class EmailChangeIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "lucie@example.org"}]})

    email: EmailField


class EmailChangeAskedOut(BodyOut):
    detail: str = Field(
        "A link was sent to the new address: it is used from its confirmation on.",
        examples=["A link was sent to the new address: it is used from its confirmation on."],
    )


class WaitingEmailOut(BodyOut):
    """A new address of the member, used once its link is opened."""

    email: str = Field(examples=["lucie@example.org"])
    expires_at: datetime = Field(
        description="the end of the last link sent",
        examples=["2026-11-06T09:00:12Z"],
    )


class EmailConfirmationIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"secret": _SECRET}]})

    secret: SecretField = Field(max_length=200, description="what follows # in the link")


class EmailConfirmedOut(BodyOut):
    email: str = Field(description="now used", examples=["lucie@example.org"])

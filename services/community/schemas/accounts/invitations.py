"""Bodies of the routes for invitations, and for accounts that run an operation."""

from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from libs.common.auth.principals import Rights, Role
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, OperationIdField
from services.community.domain.accounts.invitations import InvitationState
from services.community.domain.messages.messages import Language
from services.community.schemas.accounts.accounts import NewPasswordField
from services.community.schemas.fields import SecretField
from services.community.schemas.members.registry import EmailField

_SECRET = "kq0m2ZrP3vQ7Yt1Xw9bC5dE8fG4hJ6kL0nM2pR5sT7U"  # noqa: S105 - an example
_EMAIL = "lucie.brindille@example.org"


class InvitedAs(StrEnum):
    """Roles of people; feeds have tokens of their own."""

    OPERATOR = "operator"
    ORGANISER = "organiser"
    MEMBER = "member"


class InvitationIn(BodyIn):
    """The invited address, and one role with its operations or its member."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"email": _EMAIL, "role": "organiser", "operation_ids": ["ACC00000101"]},
                {
                    "email": _EMAIL,
                    "role": "member",
                    "member_id": "5b6df807-d41e-5251-a808-b67bac9773b2",
                },
            ]
        }
    )

    email: EmailField
    role: InvitedAs
    operation_ids: list[OperationIdField] = Field(
        [], max_length=100, description="of an organiser: one or more"
    )
    member_id: UUID | None = Field(None, description="of a member's invitation: who logs in")
    language: Language = Field("fr", description="of the e-mail")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.role is InvitedAs.ORGANISER) != bool(self.operation_ids):
            raise ValueError("an organiser needs operation_ids, nobody else has any")
        if (self.role is InvitedAs.MEMBER) != (self.member_id is not None):
            raise ValueError("a member needs a member_id, nobody else has one")
        return self

    def to_rights(self) -> Rights:
        operations = frozenset(self.operation_ids)
        return Rights(frozenset({Role(self.role)}), operations, self.member_id)


class InvitationOut(BodyOut):
    """An offer to an address, and its state; the link is in the e-mail only."""

    id: UUID
    email: str = Field(examples=[_EMAIL])
    roles: list[Role]
    operations: list[OperationId]
    member_id: UUID | None
    invited_at: datetime
    invited_by: str = Field(description="subject of the token")
    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None = Field(examples=[None])
    state: InvitationState


class InvitationPreviewIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"secret": _SECRET}]})

    secret: SecretField = Field(max_length=200, description="what follows # in the link")


class InvitationPreviewOut(BodyOut):
    """The offer of an invitation, before it is accepted."""

    email: str = Field(examples=[_EMAIL])
    roles: list[Role]
    operation_names: list[str] = Field(
        description="the operations that you would run", examples=[["Pousse-Soleil"]]
    )
    member_name: str | None = Field(
        description="the member that you would log in as", examples=["Lucie Brindille"]
    )
    invited_by: str = Field(
        description="e-mail address of the sender", examples=["paul@example.org"]
    )
    has_account: bool = Field(
        description="the address has an account: its password is needed", examples=[False]
    )
    expires_at: datetime


class AcceptanceIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"secret": _SECRET, "password": "douze lettres au moins"}],
        }
    )

    secret: SecretField = Field(max_length=200, description="what follows # in the link")
    password: NewPasswordField = Field(
        description="of the new account; or of the account that the address has",
    )


class LetInOut(BodyOut):
    """The account that the invitation led to."""

    email: str = Field(examples=[_EMAIL])
    roles: list[Role]
    operations: list[OperationId]
    member_id: UUID | None


class OrganiserAccountOut(BodyOut):
    """An account that runs an operation."""

    id: UUID
    email: str = Field(examples=["paul@example.org"])
    is_staff: bool = Field(description="only staff may take rights from staff", examples=[False])

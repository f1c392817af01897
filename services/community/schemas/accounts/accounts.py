"""Bodies of the routes for accounts and tokens."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from libs.common.auth.principals import Rights, Role
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, OperationIdField
from services.community.domain.members.registry import Jwk
from services.community.schemas.fields import SecretField

PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH = 12, 200
NewPasswordField = Annotated[
    SecretField, Field(min_length=PASSWORD_MIN_LENGTH, max_length=PASSWORD_MAX_LENGTH)
]
_MEMBER_ID = "5b6df807-d41e-5251-a808-b67bac9773b2"


class JwksOut(BodyOut):
    """A JSON Web Key Set (RFC 7517) of public keys."""

    keys: list[Jwk] = Field(
        examples=[[{"kty": "EC", "crv": "P-256", "kid": "2026-10", "alg": "ES256", "use": "sig"}]]
    )


class AccountIn(BodyIn):
    """The rights of an account."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "roles": ["organiser"],
                    "operations": ["ACC00000101"],
                    "member_id": None,
                    "disabled": False,
                },
                {
                    "roles": ["member"],
                    "operations": [],
                    "member_id": _MEMBER_ID,
                    "disabled": False,
                },
            ]
        }
    )

    roles: list[Role] = Field(min_length=1, max_length=len(Role))
    operations: list[OperationIdField] = Field(max_length=1000)
    member_id: UUID | None
    disabled: bool = Field(description="a disabled account cannot log in")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        rights = self.to_rights()
        if rights.is_organiser and not rights.operations:
            raise ValueError("an organiser needs operations")
        if rights.acts_as_member and rights.member_id is None:
            raise ValueError("a member needs a member_id")
        return self

    def to_rights(self) -> Rights:
        return Rights(frozenset(self.roles), frozenset(self.operations), self.member_id)


class PasswordIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"password": "douze lettres au moins", "new_password": "treize lettres au moins"}
            ]
        }
    )

    password: SecretField = Field(max_length=PASSWORD_MAX_LENGTH, description="the current one")
    new_password: NewPasswordField


class AccountOut(BodyOut):
    id: UUID
    email: str
    roles: list[Role]
    operations: list[OperationId]
    member_id: UUID | None
    disabled: bool

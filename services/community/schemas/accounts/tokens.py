"""Bodies of the routes for tokens and sessions."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from libs.common.http import BodyIn, BodyOut
from services.community.schemas.accounts.accounts import PASSWORD_MAX_LENGTH, NewPasswordField
from services.community.schemas.accounts.one_time_codes import CodeField
from services.community.schemas.fields import SecretField
from services.community.schemas.members.registry import EmailField

_SECRET = "kq0m2ZrP3vQ7Yt1Xw9bC5dE8fG4hJ6kL0nM2pR5sT7U"  # noqa: S105 - an example
_SESSION_ID = "0d5b2f6e-6c1f-4a3d-9b0e-7f2a4c8e1d35"


class TokenForm(BaseModel):
    """The fields that RFC 6749 has clients send; their other fields (`scope`) are ignored."""

    grant_type: Literal["password", "refresh_token", "client_credentials"] = Field(
        "password", examples=["password"]
    )
    username: str | None = Field(
        default=None, description="e-mail address", examples=["lucie@example.org"]
    )
    password: SecretStr | None = Field(default=None, examples=["douze lettres au moins"])
    refresh_token: SecretStr | None = Field(default=None, examples=[None])
    code: CodeField | None = Field(
        default=None,
        description="of the authenticator app, where the account has one; or a recovery code",
        examples=[None],
    )
    client_id: str | None = Field(
        default=None, description="of a feed, if not in an `Authorization: Basic`", examples=[None]
    )
    client_secret: SecretStr | None = Field(default=None, examples=[None])

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = {
            "password": (self.username, self.password),
            "refresh_token": (self.refresh_token,),
            "client_credentials": (),
        }[self.grant_type]
        if None in needed:
            raise ValueError("a password needs a username, a refresh_token nothing else")
        return self


class TokenOut(BodyOut):
    access_token: str = Field(examples=["eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiI3ZDFmIn0.c2lnbmF0dXJl"])
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a kind of token, not a secret
    expires_in: int = Field(description="life of the access token, seconds", examples=[900])
    refresh_token: str | None = Field(
        description="works once, for the next access token; null for a feed, which has its secret",
        examples=["kq0m2ZrP3vQ7Yt1Xw9bC5dE8fG4hJ6kL0nM2pR5sT7U"],
    )


class StepUpIn(BodyIn):
    """One of the two."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"password": "douze lettres au moins"}, {"code": "492039"}]}
    )

    password: SecretField | None = Field(default=None, max_length=PASSWORD_MAX_LENGTH)
    code: CodeField | None = Field(
        default=None, description="of the authenticator app, or a recovery code"
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.password is None) == (self.code is None):
            raise ValueError("a password or a code")
        return self


class BrowserLogInIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"email": "lucie@example.org", "password": "douze lettres au moins"},
                {"secret": _SECRET, "new_password": "treize lettres au moins"},
            ]
        }
    )

    email: EmailField | None = None
    password: SecretField | None = Field(default=None, max_length=PASSWORD_MAX_LENGTH)
    secret: SecretField | None = Field(
        default=None, max_length=200, description="what follows # in the link"
    )
    new_password: NewPasswordField | None = Field(
        default=None, description="with a link: the password to set, if the former one is forgotten"
    )
    code: CodeField | None = Field(
        default=None, description="where the account has an authenticator app"
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        by_password = self.email is not None and self.password is not None
        by_link = self.secret is not None and self.email is None and self.password is None
        if not by_link and (not by_password or self.secret or self.new_password):
            raise ValueError("give an email and a password; or a secret, perhaps a new_password")
        return self


class BrowserSessionOut(BodyOut):
    """The session's cookie comes in a header."""

    access_token: str = Field(examples=["eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiI3ZDFmIn0.c2lnbmF0dXJl"])
    expires_in: int = Field(description="life of the access token, seconds", examples=[900])


class LinkWantedIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "lucie@example.org"}]})

    email: EmailField


class LinkAskedOut(BodyOut):
    """The same answer for everybody."""

    detail: str = Field(
        "If the address has an account, a link is on its way.",
        examples=["If the address has an account, a link is on its way."],
    )


class LinkIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"secret": _SECRET},
                {"secret": _SECRET, "new_password": "treize lettres au moins"},
            ]
        }
    )

    secret: SecretField = Field(max_length=200, description="what follows # in the link")
    code: CodeField | None = Field(
        default=None, description="where the account has an authenticator app"
    )
    new_password: NewPasswordField | None = Field(
        default=None,
        description="the password to set, if the former one is forgotten or there is none",
    )


class RevokedSessionsOut(BodyOut):
    """Sessions ended so recently that an access token of theirs may still be valid."""

    session_ids: list[UUID] = Field(examples=[[_SESSION_ID]])


class SessionOut(BodyOut):
    """A log-in that has not ended."""

    id: UUID = Field(examples=[_SESSION_ID])
    device: str = Field(
        description="the program's own name (`User-Agent`), shortened",
        examples=["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    )
    began_at: datetime = Field(examples=["2026-11-05T09:00:12Z"])
    last_used_on: date = Field(
        description="local day of its last access token", examples=["2026-11-20"]
    )
    expires_at: datetime = Field(examples=["2026-12-05T09:00:12Z"])
    current: bool = Field(description="whether this request's token belongs to it", examples=[True])


class RevokedOut(BodyOut):
    revoked: int = Field(description="how many sessions ended", examples=[2])


class PausedOut(BodyOut):
    """An account that cannot log in at the moment."""

    email: str = Field(examples=["lucie@example.org"])
    failures: int = Field(description="consecutive failed log-ins", examples=[6])
    until: datetime = Field(examples=["2026-11-05T09:01:12Z"])

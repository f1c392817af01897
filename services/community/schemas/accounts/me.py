"""The body of the route about the caller."""

from uuid import UUID

from pydantic import Field

from libs.common.auth.principals import Role
from libs.common.http import BodyOut
from libs.common.ids import OperationId
from services.community.domain.messages.messages import Language
from services.community.schemas.members.profiles import ProfileOut


class OperationNameOut(BodyOut):
    """An operation that the caller runs, or is joining."""

    id: OperationId = Field(examples=["ACC00000101"])
    name: str = Field(examples=["Pousse-Soleil"])


class MeOut(BodyOut):
    subject: str = Field(examples=["7d1f0c3a-94b2-4a6e-8c55-1e2f3a4b5c6d"])
    roles: list[Role]
    operations: list[OperationId] = Field(description="those that an organiser runs, by the token")
    member_id: UUID | None
    email: str | None = Field(
        description="of the log-in; null for feeds, and where another issuer gives the tokens",
        examples=["lucie@example.org"],
    )
    has_authenticator: bool = Field(description="the log-in asks for a code too", examples=[False])
    needs_authenticator: bool = Field(
        description="an app has to be set up first: the roles come after it", examples=[False]
    )
    language: Language | None = Field(
        description="of letters to the member; null: the caller is no member", examples=["fr"]
    )
    organised: list[OperationNameOut] = Field(
        description="`operations` that are recorded, with names"
    )
    joining: list[OperationNameOut] = Field(
        description="where the member has an enrolment or papers, and has not taken part yet: they"
        " may ask the organiser, and sign there"
    )
    profile: ProfileOut | None = Field(description="of a member, as `GET /me/member` returns it")
    unseen_count: int = Field(description="notifications not seen yet", examples=[3])

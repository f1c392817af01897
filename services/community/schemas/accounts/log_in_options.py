"""The body of the route that lists the ways to log in, and the platform's publisher."""

from pydantic import Field

from libs.common.http import BodyOut
from services.community.domain.messages.messages import Language


class OidcOut(BodyOut):
    """The issuer of tokens in place of this service (OpenID Connect)."""

    issuer: str = Field(examples=["https://login.example.org"])
    log_in_path: str | None = Field(
        description="leads there, with `?return_to=` a path of the page; null: this page cannot",
        examples=["/community/oidc/log-in"],
    )


class LegalNoticeOut(BodyOut):
    """The platform's legal notice; fields are null where its operator has given none."""

    publisher: str | None = Field(examples=["Coopérative Pousse-Soleil SCIC, 1 rue, 99110 Aurelle"])
    director: str | None = Field(
        description="of publication; null too where there is none", examples=["Lucie Brindille"]
    )
    host: str | None = Field(examples=["Hébergeur du Pré SAS, 2 rue, 99110 Aurelle"])
    contact_email: str | None = Field(examples=["bonjour@example.org"])


class LogInOptionsOut(BodyOut):
    password: bool = Field(
        description="by `POST /browser-session` or `POST /token`", examples=[True]
    )
    link: bool = Field(description="by `POST /log-in-links`", examples=[True])
    oidc: OidcOut | None = Field(description="null: accounts log in here", examples=[None])
    languages: list[Language] = Field(description="languages of letters to members")
    operator_name: str | None = Field(
        description="the platform operator's name in e-mails; null: they are unsigned",
        examples=["Elocoop"],
    )
    legal: LegalNoticeOut

"""The body of the route that says how one logs in here, and at whose platform."""

from pydantic import Field

from libs.common.http import BodyOut
from services.community.domain.messages import Language


class OidcOut(BodyOut):
    """Whoever gives the tokens in the place of this service (OpenID Connect)."""

    issuer: str = Field(examples=["https://login.example.org"])
    log_in_path: str | None = Field(
        description="leads there, with `?return_to=` a path of the page; null: this page cannot",
        examples=["/community/oidc/log-in"],
    )


class LegalNoticeOut(BodyOut):
    """Who answers for the platform before the public; null: whoever runs it has not said it."""

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
    oidc: OidcOut | None = Field(description="null: one logs in here", examples=[None])
    languages: list[Language] = Field(description="in which members are written to")
    operator_name: str | None = Field(
        description="of whoever runs the platform, as its e-mails are signed; null: they are not",
        examples=["Elocoop"],
    )
    legal: LegalNoticeOut

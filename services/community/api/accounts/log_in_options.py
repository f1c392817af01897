"""The route that shows how to log in, and who runs the platform."""

from typing import get_args

from fastapi import APIRouter, Request

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.settings import Settings
from services.community.api.accounts.issuer import LOG_IN_PATH
from services.community.domain.messages.messages import Language
from services.community.mail.making import read_sender
from services.community.schemas.accounts.log_in_options import (
    LegalNoticeOut,
    LogInOptionsOut,
    OidcOut,
)

router = APIRouter(prefix="/log-in-options", route_class=TokenFirstRoute)


@router.get("", summary="Show how to log in here, and who runs the platform")
async def show_log_in_options(request: Request) -> LogInOptionsOut:
    """For a page to ask before it shows a log-in form; needs no token.

    With a co-op's own issuer (`AUTH_ISSUER`) there are neither passwords nor links here; a browser
    that opens `log_in_path` is sent there and back.
    """
    settings: Settings = request.app.state.settings
    issuer = settings.auth_issuer
    path = LOG_IN_PATH if settings.auth_client_id else None
    return LogInOptionsOut(
        password=issuer is None,
        link=issuer is None,
        oidc=OidcOut(issuer=issuer, log_in_path=path) if issuer else None,
        languages=list(get_args(Language)),
        operator_name=read_sender(settings.mail_from).display_name or None,
        legal=LegalNoticeOut(
            publisher=settings.legal_publisher or None,
            director=settings.legal_director or None,
            host=settings.legal_host or None,
            contact_email=settings.contact_email or None,
        ),
    )

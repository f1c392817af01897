"""The route that says how one logs in here."""

from typing import get_args

from fastapi import APIRouter, Request

from libs.common.auth import TokenFirstRoute
from libs.common.settings import Settings
from services.community.domain.messages import Language
from services.community.mail.making import read_sender
from services.community.schemas.log_in_options import LogInOptionsOut, OidcOut

router = APIRouter(prefix="/log-in-options", route_class=TokenFirstRoute)


@router.get("", summary="How does one log in here?")
async def show_log_in_options(request: Request) -> LogInOptionsOut:
    """What a page asks before it shows a form; needs no token.

    With an issuer of one's own (`AUTH_ISSUER`) there are neither passwords nor links here.
    """
    settings: Settings = request.app.state.settings
    issuer = settings.auth_issuer
    return LogInOptionsOut(
        password=issuer is None,
        link=issuer is None,
        oidc=OidcOut(issuer=issuer) if issuer else None,
        languages=list(get_args(Language)),
        operator_name=read_sender(settings.mail_from).display_name or None,
    )

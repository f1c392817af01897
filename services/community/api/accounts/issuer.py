"""Routes to the co-op's own issuer and back, opened by browsers and not by programs."""

import hmac
import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode, urlsplit

import structlog
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from libs.common.auth.principals import IssuerUnreachable, TokenRefused
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.encryption.secret_keys import SecretUnreadable
from libs.common.http import route_template
from libs.common.http.web import opens_page
from libs.common.settings import Settings
from services.community.api.accounts.browser_cookies import SESSION, VISIT, read_cookie, set_cookie
from services.community.commands.accounts.issuer_sessions import IssuerSessions, RoleMissing
from services.community.domain.accounts.visits import (
    LONGEST_VISIT,
    START,
    Visit,
    VisitRefusal,
    own_address,
)
from services.community.issuer import GrantRefused, find_issuer

LOG_IN_PATH = "/community/oidc/log-in"
_SEE_OTHER = 303

_log = structlog.get_logger(__name__)
router = APIRouter(prefix="/oidc", route_class=TokenFirstRoute)


def issuer_sessions_of(request: Request) -> IssuerSessions | None:
    """Return the sessions at the issuer; None if the page has no client there."""
    state = request.app.state
    settings: Settings = state.settings
    issuer, keys = find_issuer(settings), settings.account_keys
    if issuer is None or keys is None:
        return None
    return IssuerSessions(
        database=state.databases["community"],
        issuer=issuer,
        verifier=state.verifier,
        keys=keys,
        life=timedelta(days=settings.auth_session_days),
    )


@router.get(
    "/log-in",
    summary="Send a browser to the co-op's own issuer",
    status_code=_SEE_OTHER,
    response_class=RedirectResponse,
)
async def leave(
    request: Request,
    return_to: Annotated[
        str,
        Query(description="an address of the page; else its start", examples=["/month"]),
    ] = START,
) -> Response:
    """Send the browser to the log-in page of `AUTH_ISSUER`; needs no token.

    It comes back to `GET /oidc/callback`. Without `AUTH_CLIENT_ID`, or if the issuer does not
    answer, it is sent to the page's log-in, which says so: `/log-in?refused=issuer`, or `away`.
    """
    sessions = issuer_sessions_of(request)
    address = _page_address(return_to)
    if sessions is None:
        return _refuse(request, VisitRefusal.ISSUER, address)
    visit = sessions.begin_visit(address, read_cookie(request, SESSION))
    try:
        response = RedirectResponse(await sessions.issuer.address_of(visit), _SEE_OTHER)
    except IssuerUnreachable:
        return _refuse(request, VisitRefusal.AWAY, address)
    locked = sessions.keys.lock(visit.write()).decode()
    life_s = int(LONGEST_VISIT.total_seconds())
    # Lax: the browser comes back from another site.
    set_cookie(response, request.app.state.settings, VISIT, locked, life_s=life_s, same_site="lax")
    return response


def _page_address(return_to: str) -> str:
    """The address, if it is on this host and a browser is shown the page there; else the start."""
    address = own_address(return_to)
    return address if opens_page(urlsplit(address).path) else START


@router.get(
    "/callback",
    summary="Receive a browser back from the co-op's own issuer",
    status_code=_SEE_OTHER,
    response_class=RedirectResponse,
)
async def come_back(
    request: Request,
    state: Annotated[str, Query(description="as the browser left with", examples=["q0Zr"])] = "",
    code: Annotated[str, Query(description="good once, for tokens", examples=["b7Kd"])] = "",
    error: Annotated[str, Query(description="why there is none", examples=[""])] = "",
) -> Response:
    """The issuer sends browsers here; begins a session, as `POST /browser-session` does.

    The browser is sent on to the page it came from, with the cookie. If the issuer refuses, or the
    state is not the one the browser left with, it is sent to `/log-in?refused=issuer`; to `away` if
    the issuer does not answer, and to `role` if it gives the person no role here.
    """
    sessions = issuer_sessions_of(request)
    visit = _read_visit(request, sessions, state)
    if sessions is None or visit is None or error or not code:
        _log.info("no log-in at the issuer", is_visit=visit is not None, error=_word(error))
        return _refuse(request, VisitRefusal.ISSUER, visit.return_to if visit else START)
    route = f"{request.method} {route_template(request.scope)}"
    try:
        cookie = await sessions.open(visit, code, route=route)
    except (GrantRefused, TokenRefused) as refusal:
        _log.warning("log-in at the issuer refused", refusal=type(refusal).__name__)
        return _refuse(request, VisitRefusal.ISSUER, visit.return_to)
    except RoleMissing:
        return _refuse(request, VisitRefusal.ROLE, visit.return_to)
    except IssuerUnreachable:
        return _refuse(request, VisitRefusal.AWAY, visit.return_to)
    response = _send_on(request, visit.return_to)
    life_s = int(sessions.life.total_seconds())
    set_cookie(response, request.app.state.settings, SESSION, cookie, life_s=life_s)
    return response


def _read_visit(request: Request, sessions: IssuerSessions | None, state: str) -> Visit | None:
    """The visit that this browser left for, if it is not over and comes back with its state."""
    cookie = read_cookie(request, VISIT)
    if sessions is None or not cookie:
        return None
    try:
        visit = Visit.read(sessions.keys.unlock(cookie.encode()))
    except (SecretUnreadable, ValueError):
        return None
    is_same = hmac.compare_digest(visit.state.encode(), state.encode(errors="replace"))
    return visit if is_same and not visit.is_over(sessions.database.clock.now()) else None


def _word(error: str) -> str:
    """As RFC 6749 (4.1.2.1) has them; whatever else somebody sends is in no log."""
    return error if re.fullmatch("[a-z_]{0,60}", error) else "malformed"


def _refuse(request: Request, refused: VisitRefusal, return_to: str) -> Response:
    """Back to the page's log-in, which has words for it, and leads to the same page again."""
    query = {"refused": refused} | ({} if return_to == START else {"next": return_to})
    return _send_on(request, f"/log-in?{urlencode(query)}")


def _send_on(request: Request, address: str) -> Response:
    response = RedirectResponse(address, _SEE_OTHER)
    set_cookie(response, request.app.state.settings, VISIT, "", life_s=0, same_site="lax")
    return response

"""The cookies of people who use the page: no script can read them."""

from typing import Literal
from urllib.parse import urlsplit

from fastapi import Request, Response

from libs.common.settings import Settings

SESSION = "elocoop"
DEVICE = "elocoop-device"
"""It says that an account has logged in here before, and gives no right but to try again."""
VISIT = "elocoop-visit"
"""Of who is at the co-op's own issuer, and comes back."""


def read_cookie(request: Request, name: str) -> str:
    """Return the cookie; empty if the request has none."""
    return request.cookies.get(_full_name(request.app.state.settings, name), "")


def set_cookie(
    response: Response,
    settings: Settings,
    name: str,
    value: str,
    *,
    life_s: int,
    same_site: Literal["strict", "lax"] = "strict",
) -> None:
    """life_s: 0 deletes the cookie."""
    response.set_cookie(
        _full_name(settings, name),
        value,
        max_age=life_s,
        path="/",
        secure=_is_secure(settings),
        httponly=True,
        samesite=same_site,
    )


def _is_secure(settings: Settings) -> bool:
    return urlsplit(settings.public_url).scheme == "https"


def _full_name(settings: Settings, name: str) -> str:
    """With the prefix, browsers take it over TLS only, and from no neighbouring host."""
    return f"__Host-{name}" if _is_secure(settings) else name

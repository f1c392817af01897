"""Every route of every service needs a token, whatever else is wrong with the request."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.common.auth.principals import Rights
from services.community import credentials
from services.community.commands.accounts.signing_keys import get_signing_key
from services.community.domain.members.registry import Jwk
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.routes import Route, all_routes, documented_roles

_OF_NO_SERVICE = {"GET /health", "GET /live", "GET /metrics", "GET /ready"}
_MALFORMED = {"month": "2026-13", "day": "2026-02-30"}
_JSON = {"content-type": "application/json"}
_FORM = {"content-type": "multipart/form-data; boundary=x"}
_BODIES: Sequence[dict[str, Any]] = [
    {"json": {"surprise": 5}},
    {"content": b"{never closed", "headers": _JSON},
    {"content": b'{"not UTF-8": "\xff"}', "headers": _JSON},
    {"content": b"[" * 5_000, "headers": _JSON},
    {"content": b"--x\r\nnever closed", "headers": _FORM},
]


@pytest.fixture
async def refused_tokens(platform: Platform) -> list[str | None]:
    """None, nonsense, one too old, and the operator's with another's claims or signature."""
    async with platform.database("community") as database, database.transaction() as session:
        key = await get_signing_key(session, platform.settings.account_keys)
    now = CLOCK.now()
    good, old = (_token(platform, key, now=at) for at in (now, now - timedelta(hours=1)))
    forged = _token(platform, credentials.new_signing_key() | {"kid": key["kid"]}, now=now)
    head, claims, signature = good.split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return [
        None,
        "never.made.here",
        old,
        forged,
        f"{head}.{forged.split('.')[1]}.{signature}",
        f"{unsigned}.{claims}.",
    ]


def _token(platform: Platform, key: Jwk, *, now: datetime) -> str:
    return credentials.sign_token(
        key,
        issuer=platform.settings.issuer,
        audience=platform.settings.auth_audience,
        now=now,
        life=timedelta(minutes=5),
        account_id=uuid4(),
        session_id=uuid4(),
        rights=Rights.of_staff(),
    )


async def test_a_stranger_is_told_nothing_but_to_log_in(
    platform: Platform, refused_tokens: Sequence[str | None]
) -> None:
    let_in = []
    for token in refused_tokens:
        async with platform.client(token) as client:
            for route in all_routes():
                if not _is_public(route):
                    path, query = route.url({})
                    answer = await client.request(route.method, path, params=query)
                    let_in += _unless_refused(answer, route)

    assert let_in == []


@pytest.mark.parametrize("token", [None, "never.made.here"])
async def test_a_stranger_is_not_told_that_a_request_is_malformed(
    platform: Platform, token: str | None
) -> None:
    told_more = []
    async with platform.client(token) as client:
        for route in all_routes():
            if not _is_public(route):
                path, query = _malformed(route)
                # Of any other, nobody reads the body.
                for body in _BODIES if "requestBody" in route.operation else _BODIES[:1]:
                    answer = await client.request(route.method, path, params=query, **body)
                    told_more += _unless_refused(answer, route)

    assert told_more == []


async def test_what_is_public_asks_for_no_token(anonymous: httpx.AsyncClient) -> None:
    public = [route for route in all_routes() if _is_public(route)]

    assert len(public) > len(_OF_NO_SERVICE)
    for route in public:
        answer = await anonymous.request(route.method, route.path)

        assert answer.status_code != 401, route.name


def _is_public(route: Route) -> bool:
    return route.name in _OF_NO_SERVICE or documented_roles().get(route.name, ()) is None


def _unless_refused(answer: httpx.Response, route: Route) -> list[str]:
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    if (
        answer.status_code == 401
        and is_problem
        and answer.json()["type"] == "/problems/token-refused"
    ):
        return []
    return [f"{route.name}: {answer.status_code} {answer.text[:100]}"]


def _malformed(route: Route) -> tuple[str, Mapping[str, str]]:
    path = route.path
    for name, _ in route.parameters("path"):
        path = path.replace(f"{{{name}}}", _MALFORMED.get(name, "!"))
    return path, {name: "%00" for name, _ in route.parameters("query")}

"""What all answers have in common: no cache keeps them, a browser does nothing with them."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator

import httpx
import pytest

from services.cli.processes import NAMES
from tests.support.places import ROOT
from tests.support.platform import OPERATOR_PASSWORD, Platform
from tests.support.routes import all_routes

_SECURITY = {
    "content-security-policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_PRIVATE = {"cache-control": "no-store", **_SECURITY}
_NOWHERE = ("/nowhere", *(f"/{name}/nowhere" for name in NAMES))
_PAGES = ("/docs", *(f"/{name}/docs" for name in NAMES))


async def test_m10_every_answer_to_anybody_is_private(platform: Platform) -> None:
    """Whatever it is: the token of RFC 6749 (5.1), a refusal, a malformed form, a health report."""
    asked = [(route.method, *route.url({})) for route in all_routes()]
    asked += [("GET", path, {}) for path in (*_NOWHERE, "/community/openapi.json")]
    async with platform.client(None) as client:
        answers = [
            await client.request(method, path, params=query) for method, path, query in asked
        ]

    assert list(_not_private(answers)) == []


async def test_m10_every_answer_to_a_bearer_is_private(operator: httpx.AsyncClient) -> None:
    routes = [route for route in all_routes() if route.method == "GET"]
    answers = [
        await operator.get(path, params=query)
        for path, query in (route.url({}) for route in routes)
    ]

    assert {200, 404, 422} <= {answer.status_code for answer in answers}
    assert list(_not_private(answers)) == []


async def test_m10_the_answer_with_a_token_is_private(
    anonymous: httpx.AsyncClient, platform: Platform
) -> None:
    form = {
        "grant_type": "password",
        "username": platform.settings.operator_email,
        "password": OPERATOR_PASSWORD,
    }
    answer = await anonymous.post("/community/token", data=form)

    assert answer.json()["access_token"]
    assert list(_not_private([answer])) == []


def _not_private(answers: list[httpx.Response]) -> Iterator[str]:
    for answer in answers:
        headers = {name: answer.headers.get(name) for name in _PRIVATE}
        if headers != _PRIVATE:
            wrong = dict(headers.items() - _PRIVATE.items())
            request = answer.request
            yield f"{request.method} {request.url.path}: {answer.status_code} {wrong}"


@pytest.mark.parametrize("path", _PAGES)
async def test_m10_a_docs_page_runs_its_own_scripts_and_no_others(
    anonymous: httpx.AsyncClient, path: str
) -> None:
    answer = await anonymous.get(path)

    (written,) = re.findall("<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(written.encode()).digest()).decode()
    policy = dict(
        directive.split(" ", 1)
        for directive in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    others = {name: value for name, value in _PRIVATE.items() if "policy" not in name}
    assert others.items() <= answer.headers.items()


def test_the_page_and_the_apis_say_the_same_but_for_what_runs() -> None:
    of_page = json.loads((ROOT / "web" / "public" / "security-headers.json").read_text())

    assert of_page.keys() == _SECURITY.keys()
    assert {name for name in of_page if of_page[name] != _SECURITY[name]} == {
        "content-security-policy"
    }


async def test_what_a_route_says_itself_stands(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/community/docs/favicon.png")

    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert _SECURITY.items() <= answer.headers.items()


async def test_what_is_large_is_packed_for_who_understands_it(anonymous: httpx.AsyncClient) -> None:
    url = "/community/openapi.json"
    packed = await anonymous.get(url, headers={"accept-encoding": "gzip"})
    plain = await anonymous.get(url, headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 5


@pytest.mark.parametrize("path", ["/community/me", "/community/docs/favicon.png"])
async def test_what_is_small_or_packed_already_stays_as_it_is(
    operator: httpx.AsyncClient, path: str
) -> None:
    answer = await operator.get(path, headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers

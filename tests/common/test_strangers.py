"""Every route of every service needs a token, whatever else is wrong with the request."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from libs.common.app import create_app
from libs.common.settings import Settings
from services.main import SERVICES

_PUBLIC = {
    ("get", "/health"),
    ("get", "/metrics"),
    ("post", "/community/token"),
    ("get", "/community/jwks.json"),
}
_MALFORMED = {"month": "2026-13", "day": "2026-02-30"}
_JSON = {"content-type": "application/json"}
_FORM = {"content-type": "multipart/form-data; boundary=x"}
_BODIES: list[dict[str, Any]] = [
    {},
    {"json": {"surprise": 5}},
    {"content": b"{never closed", "headers": _JSON},
    {"content": b'{"not UTF-8": "\xff"}', "headers": _JSON},
    {"content": b"[" * 5_000, "headers": _JSON},
    {"content": b"--x\r\nnever closed", "headers": _FORM},
]
_DOCUMENT = create_app(*SERVICES, settings=Settings()).openapi()


def _routes() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in _DOCUMENT["paths"].items():
        for method, route in methods.items():
            yield method, path, route


@pytest.mark.parametrize("token", [None, "never.made.here"])
@pytest.mark.parametrize("malformed", [False, True], ids=["well-formed", "malformed"])
async def test_a_stranger_is_told_nothing_but_to_log_in(
    anonymous: httpx.AsyncClient, *, malformed: bool, token: str | None
) -> None:
    if token:
        anonymous.headers["authorization"] = f"Bearer {token}"
    told_more = []
    for method, path, route in _routes():
        if (method, path) in _PUBLIC:
            continue
        url, query = _filled(path, route, malformed=malformed)
        for body in _BODIES if malformed else _BODIES[:1]:
            answer = await anonymous.request(method, url, params=query, **body)
            if answer.status_code != 401:
                told_more.append(f"{method} {url} {list(body)}: {answer.status_code}")
            else:
                assert answer.json()["type"] == "/problems/token-refused"

    assert told_more == []


async def test_what_is_public_asks_for_no_token(anonymous: httpx.AsyncClient) -> None:
    for method, path in _PUBLIC:
        answer = await anonymous.request(method, path)

        assert answer.status_code != 401, path


def _filled(path: str, route: Mapping[str, Any], *, malformed: bool) -> tuple[str, dict[str, str]]:
    query = {}
    for parameter in route.get("parameters", []):
        name, schema = parameter["name"], parameter["schema"]
        if parameter["in"] == "query":
            query[name] = "%00" if malformed else str(schema.get("examples", ["1"])[0])
        elif malformed:
            path = path.replace(f"{{{name}}}", _MALFORMED.get(name, "!"))
        else:
            path = path.replace(f"{{{name}}}", str(schema["examples"][0]))
    return path, query

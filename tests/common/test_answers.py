"""What all answers have in common: no cache keeps them, no browser guesses, and they are packed."""

import httpx
import pytest

_PRIVATE = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/community/me", 200),
        ("/community/members/99999999-0000-4000-8000-000000000000", 404),
        ("/billing/nowhere", 404),
        ("/health", 200),
    ],
)
async def test_no_cache_keeps_an_answer(
    operator: httpx.AsyncClient, path: str, status: int
) -> None:
    answer = await operator.get(path)

    assert answer.status_code == status
    assert {name: answer.headers[name] for name in _PRIVATE} == _PRIVATE


async def test_what_a_route_says_itself_stands(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.get("/community/docs/favicon.png")

    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert answer.headers["x-content-type-options"] == "nosniff"


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

"""What a body may be is checked while it comes, whatever the headers say of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from libs.common.http.body_limits import (
    FREE_BYTES,
    HELD_BYTES,
    OF_ANYBODY,
    BodiesWait,
    BodyLimit,
    BodyLimits,
    BodyTooLarge,
    BodyTooSlow,
)
from libs.common.settings import Settings
from tests.support.routes import all_routes

_KIB, _MIB = 1024, 1024**2


def _spaces(byte_count: int, *, piece: int = 64 * _KIB) -> Callable[[], AsyncIterator[bytes]]:
    """So many around `{}`, in pieces and without a length."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"{}"
        for start in range(0, byte_count - 2, piece):
            yield b" " * min(piece, byte_count - 2 - start)

    return pieces


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize(
    ("method", "path", "limit_bytes"),
    [
        ("PUT", "/community/operations/ACC00000001", _MIB),
        ("PUT", "/billing/operations/ACC00000001/prices", 16 * _MIB),
        ("PUT", "/community/operations/ACC00000001/participations", 16 * _MIB),
        ("POST", "/community/messages/bounces", _MIB),
    ],
)
async def test_h5_a_caller_sends_no_more_than_the_route_takes(
    operator: httpx.AsyncClient, *, method: str, path: str, limit_bytes: int, is_chunked: bool
) -> None:
    sent = _spaces(limit_bytes + 1)() if is_chunked else b" " * (limit_bytes + 1)

    answer = await operator.request(
        method, path, content=sent, headers={"content-type": "application/json"}
    )

    problem = answer.json()
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["type"], problem["limit_bytes"]) == ("/problems/body-too-large", limit_bytes)
    assert f"{limit_bytes // _MIB} MiB" in problem["detail"]


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize(
    "path", ["log-in-links", "token", "sign-ups", "invitations/acceptance", "browser-session"]
)
async def test_h5_anybody_sends_64_kib_at_most(
    anonymous: httpx.AsyncClient, *, path: str, is_chunked: bool
) -> None:
    is_form = path == "token"
    kind = "application/x-www-form-urlencoded" if is_form else "application/json"
    sent = _spaces(64 * _KIB + 1)() if is_chunked else b" " * (64 * _KIB + 1)

    answer = await anonymous.post(
        f"/community/{path}", content=sent, headers={"content-type": kind}
    )

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")
    assert answer.json()["limit_bytes"] == 64 * _KIB


async def test_a_body_of_just_the_limit_is_read(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    kind = {"content-type": "application/json"}
    answers = [
        await operator.put(
            "/community/operations/ACC00000001", content=_spaces(_MIB)(), headers=kind
        ),
        await anonymous.post("/community/log-in-links", content=_spaces(64 * _KIB)(), headers=kind),
    ]

    assert {answer.status_code for answer in answers} == {422}  # `{}` lacks all fields


async def test_a_stranger_hears_of_the_token_before_the_size(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.put("/community/operations/ACC00000001", content=b" " * (2 * _MIB))

    assert answer.status_code == 401


async def test_m8_a_mebibyte_of_surprises_is_one_error_that_counts_them(
    operator: httpx.AsyncClient,
) -> None:
    surprises = {f"{number:07}": 1 for number in range(59_999)}
    body = json.dumps({"step_changes": [], **surprises}).encode()
    assert len(body) < _MIB

    answer = await operator.put(
        "/community/operations/ACC00000001",
        content=body,
        headers={"content-type": "application/json"},
    )

    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (422, "too_many_fields")
    assert error["limits"]["actual_length"] == 60_000
    assert len(answer.content) < 1_000


def test_each_route_with_a_body_tells_what_it_may_be() -> None:
    bodies = [route.operation for route in all_routes() if "requestBody" in route.operation]

    assert len(bodies) > 100
    for body in bodies:
        examples = body["responses"]["413"]["content"]["application/problem+json"]["examples"]
        limit_bytes = examples["body-too-large"]["value"]["limit_bytes"]
        assert limit_bytes == body["x-body-limit-bytes"]
        if "x-roles" not in body:
            assert limit_bytes == 64 * _KIB


class _Line:
    """A caller whose pieces come when the test wants them, or never."""

    def __init__(self, *pieces: bytes, ends: bool = False) -> None:
        self._pieces = list(pieces)
        self._ends = ends

    async def __call__(self) -> Message:
        if not self._pieces:
            await asyncio.Event().wait()
        body = self._pieces.pop(0)
        return {
            "type": "http.request",
            "body": body,
            "more_body": bool(self._pieces) or not self._ends,
        }


def _scope(limit: BodyLimit = OF_ANYBODY, *, told_bytes: int | None = None) -> Scope:
    return {
        "type": "http",
        "headers": [] if told_bytes is None else [(b"content-length", b"%d" % told_bytes)],
        "route": SimpleNamespace(body_limit=limit),
        "app": SimpleNamespace(state=SimpleNamespace(settings=Settings())),
    }


async def _send(_message: Message) -> None:
    pass


async def _read_all(_scope: Scope, receive: Receive, _send: Send) -> None:
    while (await receive()).get("more_body"):
        pass


async def test_a_silent_line_is_given_up() -> None:
    limits = BodyLimits(_read_all, patience_s=0.01)

    with pytest.raises(BodyTooSlow):
        await limits(_scope(), _Line(b"{"), _send)


async def test_a_line_that_trickles_is_given_up_though_something_always_comes() -> None:
    async def trickle() -> Message:
        await asyncio.sleep(0.004)
        return {"type": "http.request", "body": b" ", "more_body": True}

    limits = BodyLimits(_read_all, patience_s=0.02)

    with pytest.raises(BodyTooSlow):
        await limits(_scope(), trickle, _send)


async def test_what_the_route_does_between_two_pieces_costs_the_line_nothing() -> None:
    async def write_slowly(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive()).get("more_body"):
            await asyncio.sleep(0.02)

    limits = BodyLimits(write_slowly, patience_s=0.01)

    await limits(_scope(), _Line(b"{", b" ", b" ", b"}", ends=True), _send)


async def test_who_waits_for_the_caller_to_leave_waits_as_long_as_it_takes() -> None:
    async def stream(_scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await receive()
        async with asyncio.timeout(0.03):
            await receive()

    limits = BodyLimits(stream, patience_s=0.01)

    with pytest.raises(TimeoutError):  # the test's own
        await limits(_scope(), _Line(b"", ends=True), _send)


async def test_the_length_that_a_caller_tells_only_counts_against_them() -> None:
    limits = BodyLimits(_read_all)

    with pytest.raises(BodyTooLarge):  # before a byte is read
        await limits(_scope(told_bytes=65 * _KIB), _Line(), _send)
    with pytest.raises(BodyTooLarge):
        await limits(_scope(told_bytes=2), _Line(bytes(65 * _KIB)), _send)


async def test_all_bodies_together_hold_so_much_and_small_ones_are_always_taken() -> None:
    large = BodyLimit(36 * _MIB)
    limits = BodyLimits(_read_all)
    first = [
        asyncio.create_task(limits(_scope(large), _Line(bytes(36 * _MIB)), _send)) for _ in range(2)
    ]
    while limits.held_bytes < HELD_BYTES:
        await asyncio.sleep(0)

    with pytest.raises(BodiesWait):
        await limits(_scope(large), _Line(bytes(_MIB)), _send)
    await limits(_scope(), _Line(bytes(FREE_BYTES), ends=True), _send)
    await limits(_scope(BodyLimit(_MIB, is_streamed=True)), _Line(bytes(_MIB), ends=True), _send)

    for task in first:
        task.cancel()
    await asyncio.gather(*first, return_exceptions=True)
    assert limits.held_bytes == 0

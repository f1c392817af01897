"""Limits on request bodies: size, speed, and how much all of them hold at a time.

A route declares its limit with ``takes``; otherwise the limit of its class applies. The gateway has
the same figures, which tests/deploy compares.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.common.errors import Problem
from libs.common.settings import Settings

_KIB, _MIB = 1024, 1024**2
LISTS_BYTES = 16 * _MIB
"""Limit of one upload by an organiser: thousands of points, invoices or half-hours."""
HELD_BYTES = 16 * _MIB
"""The most that all bodies of a process hold together, beyond the first 64 KiB of each."""
_MOST_COUNTED_BYTES = 8 * _MIB
"""Counted for one body: otherwise the largest would fit only when nobody else sends any."""
FREE_BYTES = 64 * _KIB
"""Always accepted, so that large bodies keep nobody from logging in or sending a form."""
PATIENCE_S = 30.0
"""How long a connection may be silent. The gateway waits as long for each piece."""
LEAST_BYTES_PER_S = 1024
"""No connection today is slower for long; a body of 2 GiB at 512 kbit/s takes nine hours."""

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])


class BodyTooLarge(Problem):
    status, slug, title = 413, "body-too-large", "The request is too large"
    example_detail = "It may have 64 KiB at most."
    example_facts: ClassVar = {"limit_bytes": 64 * _KIB}


class BodyTooSlow(Problem):
    status, slug, title = 408, "body-too-slow", "The request came too slowly"
    example_detail = "Nothing came for 30 seconds, or less than 1 KiB a second. Send it again."


class BodiesWait(Problem):
    status, slug, title = 503, "overloaded", "Too many requests at once"
    example_detail = "Too many large requests are under way. Try again in a few seconds."


@dataclass(frozen=True)
class BodyLimit:
    """The limit of a route.

    most: in bytes, or the name of the setting that has them. is_streamed: the route writes the
    body to disk as it comes, and holds little of it. advice: what to do with a larger one.
    """

    most: int | str
    is_streamed: bool = False
    advice: str = ""

    def bytes_in(self, settings: Settings) -> int:
        return self.most if isinstance(self.most, int) else int(getattr(settings, self.most))

    @property
    def bytes_by_default(self) -> int:
        """The limit if no setting changes it."""
        if isinstance(self.most, int):
            return self.most
        return int(Settings.model_fields[self.most].default)

    def refusal(self, limit_bytes: int) -> BodyTooLarge:
        detail = f"It may have {_in_words(limit_bytes)} at most. {self.advice}".strip()
        return BodyTooLarge(detail, limit_bytes=limit_bytes)


OF_ANYBODY = BodyLimit(64 * _KIB, advice="Send a shorter text.")
OF_CALLERS = BodyLimit(1 * _MIB, advice="Send it in parts.")
"""JSON and forms of callers with a token, whom the route knows before it reads."""


def takes(
    most: int | str, *, is_streamed: bool = False, advice: str = ""
) -> Callable[[_Endpoint], _Endpoint]:
    """Declare the limit of a route's body; stands right above its function."""

    def declare(endpoint: _Endpoint) -> _Endpoint:
        endpoint.__dict__["body_limit"] = BodyLimit(most, is_streamed, advice)
        return endpoint

    return declare


def limit_of(endpoint: Callable[..., Any], *, needs_token: bool) -> BodyLimit:
    """Return the declared limit, or that of the class of the route."""
    declared: BodyLimit | None = endpoint.__dict__.get("body_limit")
    return declared or (OF_CALLERS if needs_token else OF_ANYBODY)


class BodyLimits:
    """ASGI middleware: refuses bodies while they come, whatever their headers claim.

    held_bytes: the bytes that all bodies hold now, beyond the free part of each.
    """

    def __init__(self, app: ASGIApp, *, patience_s: float = PATIENCE_S) -> None:
        self._app = app
        self.patience_s = patience_s
        self.held_bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(self, scope, receive, send)
        try:
            await self._app(scope, body.receive, body.send)
        finally:
            self.held_bytes -= body.held_bytes


class _Body:
    """One request's body, as it comes."""

    def __init__(self, limits: BodyLimits, scope: Scope, receive: Receive, send: Send) -> None:
        self.held_bytes = 0
        self._limits = limits
        self._scope, self._receive, self._send = scope, receive, send
        self._left_s = limits.patience_s
        self._limit: BodyLimit | None = None
        self._most_bytes = self._received_bytes = 0
        self._is_over = False  # the body is complete, or the answer has begun

    async def send(self, message: Message) -> None:
        # A streamed answer waits for the caller to leave: anything still received is nobody's.
        self._is_over = True
        await self._send(message)

    async def receive(self) -> Message:
        """Raises BodyTooLarge, BodyTooSlow, BodiesWait."""
        if self._is_over:
            return await self._receive()
        limit = self._limit or self._begin()
        message = await self._receive_in_time()
        if message["type"] == "http.request":
            self._is_over = not message.get("more_body", False)
            self._count(len(message.get("body", b"")), limit)
        return message

    def _begin(self) -> BodyLimit:
        """Find the limit; the route is known by now, because nobody reads a body before."""
        limit: BodyLimit = getattr(self._scope.get("route"), "body_limit", OF_ANYBODY)
        self._limit = limit
        self._most_bytes = limit.bytes_in(self._scope["app"].state.settings)
        for name, value in self._scope["headers"]:
            # An early refusal is a courtesy: the bytes are counted all the same.
            if name == b"content-length" and value.isdigit() and int(value) > self._most_bytes:
                raise limit.refusal(self._most_bytes)
        return limit

    async def _receive_in_time(self) -> Message:
        """Receive a piece; it earns the time that it takes at the least rate, up to the patience.

        So a connection may be silent for that long at any time, and a large body takes the hours
        that it needs; what a route does between two pieces costs nothing.
        """
        clock = asyncio.get_running_loop().time
        began_s = clock()
        try:
            async with asyncio.timeout(self._left_s):
                message = await self._receive()
        except TimeoutError:
            raise BodyTooSlow from None
        gained_s = len(message.get("body", b"")) / LEAST_BYTES_PER_S
        self._left_s = min(self._left_s - (clock() - began_s) + gained_s, self._limits.patience_s)
        return message

    def _count(self, byte_count: int, limit: BodyLimit) -> None:
        self._received_bytes += byte_count
        if self._received_bytes > self._most_bytes:
            raise limit.refusal(self._most_bytes)
        if limit.is_streamed or self._received_bytes <= FREE_BYTES:
            return
        held_bytes = min(self._received_bytes - FREE_BYTES, _MOST_COUNTED_BYTES)
        self._limits.held_bytes += held_bytes - self.held_bytes
        self.held_bytes = held_bytes
        if self._limits.held_bytes > HELD_BYTES:
            raise BodiesWait


def _in_words(byte_count: int) -> str:
    for unit, name in ((_MIB, "MiB"), (_KIB, "KiB")):
        if byte_count % unit == 0:
            return f"{byte_count // unit} {name}"
    return f"{byte_count} bytes"

"""Gives up on requests that wait for a database that answers nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from starlette.datastructures import State
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.common.health.probes import NO_ANSWER, Component
from libs.common.http.problem_json import render_overload

_PATIENCE_S = 1.0
"""After so long a request asks whether the database answers, and again each time."""

_log = structlog.get_logger(__name__)


class DatabaseWatch:
    """ASGI middleware: 503 after some seconds while the server of the database hangs.

    A statement may take minutes, so its duration proves nothing; but a server that hangs (its
    machine or its disk is gone, its processes are stopped) breaks no connection, and whoever waits
    for it would wait for as long as a statement may take. So a request that takes long asks by a
    connection of its own. Routes without the database wait for nobody, and are let through.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in ("/health", "/live", "/ready", "/metrics"):
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            async with asyncio.timeout(None) as limit, _watching(scope["app"].state, limit):
                await self._app(scope, receive, note)
        except TimeoutError:
            if not limit.expired() or has_begun:
                raise
            _log.warning("given up: the database does not answer")
            answer = render_overload(Request(scope), _detail(scope["method"]))
            await answer(scope, receive, send)


def _detail(method: str) -> str:
    """A server that was about to commit may still do so, once it goes on."""
    if method in ("GET", "HEAD"):
        return "The database does not answer. Try again in a few seconds."
    return (
        "The database does not answer. In a minute look whether it was done all the same,"
        " before you send it again."
    )


@asynccontextmanager
async def _watching(state: State, limit: asyncio.Timeout) -> AsyncIterator[None]:
    """End the limit once the database does not answer."""
    loop = asyncio.get_running_loop()
    watch: asyncio.Task[None] | None = None

    def begin() -> None:
        nonlocal watch
        database: Component = state.database_component
        watch = loop.create_task(_watch(database, limit))

    handle = loop.call_later(_PATIENCE_S, begin)  # few requests ever come to it
    try:
        yield
    finally:
        handle.cancel()
        if watch is not None:
            watch.cancel()


async def _watch(database: Component, limit: asyncio.Timeout) -> None:
    # One that is gone, or refuses, breaks the connections of those who wait.
    while await database.find_problem() != NO_ANSWER:  # noqa: ASYNC110 - a machine rings no bell
        await asyncio.sleep(_PATIENCE_S)
    limit.reschedule(asyncio.get_running_loop().time())

"""Sessions that ended before their access tokens expire, from their issuer (ADR 0014)."""

import asyncio
import time
from collections.abc import Callable
from uuid import UUID

import httpx
import structlog
from pydantic import BaseModel

from libs.common.outgoing import open_client

_LIFE_S = 2.0  # life of the issuer's answer: a token outlives its session by no more
_AHEAD_S = 1.0  # before its end it is fetched in the background, so that few requests wait for it
_PAUSE_S = 10.0  # after a failed request to the issuer, lest all requests wait for it
_SILENCE_S = 2.0

_log = structlog.get_logger(__name__)


class RevocationsUnknown(Exception):  # noqa: N818 - it says what is so
    """The issuer's list has never been received."""


class RevokedSessions:
    """The issuer's list, fetched again on a call once it is older than a second.

    A call waits for the answer once the list is older than two seconds.
    """

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._ids: frozenset[UUID] | None = None
        self._ask_again_at_s = float("-inf")
        self._ask_ahead_at_s = float("inf")
        self._asking = asyncio.Lock()
        self._ahead: asyncio.Task[None] | None = None

    async def include(self, session_id: UUID) -> bool:
        """Return whether the session is revoked. Raises RevocationsUnknown."""
        if self._is_old():
            async with self._asking:
                if self._is_old():
                    await self._ask()
        elif self._clock() >= self._ask_ahead_at_s:
            self._ask_ahead_at_s = float("inf")  # once
            self._ahead = asyncio.create_task(self._ask_beside())
        if self._ids is None:
            raise RevocationsUnknown
        return session_id in self._ids

    def _is_old(self) -> bool:
        return self._clock() >= self._ask_again_at_s

    async def _ask_beside(self) -> None:
        async with self._asking:
            await self._ask()

    async def _ask(self) -> None:
        try:
            async with open_client(silence_s=_SILENCE_S) as client:
                response = await client.get(self._url)
                response.raise_for_status()
                self._ids = _List.model_validate_json(response.content).session_ids
        except (httpx.HTTPError, ValueError):
            # People keep working while the issuer is away; no token can be renewed meanwhile.
            _log.warning("revoked sessions not received", uses_former_list=self._ids is not None)
            self._ask_again_at_s = self._clock() + (_LIFE_S if self._ids is None else _PAUSE_S)
        else:
            self._ask_again_at_s = self._clock() + _LIFE_S
            self._ask_ahead_at_s = self._ask_again_at_s - _AHEAD_S


class _List(BaseModel):
    """The issuer's answer."""

    session_ids: frozenset[UUID]

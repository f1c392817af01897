"""A client of the platform's public HTTP APIs, as a script of the co-op would be."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

_RETRY_S = 0.3
_BAD_GATEWAY = {502, 503, 504}


class DemoFailed(Exception):  # noqa: N818 - read by people as a sentence
    """A failure of the demonstration, in words."""


class Api:
    """A session of one account. Every call is idempotent, so it may be repeated.

    patience_s: how long to try when the platform does not answer (it may be restarting).
    """

    def __init__(self, client: httpx.AsyncClient, *, patience_s: float = 20) -> None:
        self._client = client
        self._patience_s = patience_s
        self._login: dict[str, str] | None = None
        self._token: str | None = None
        self._logging_in = asyncio.Lock()
        self._last_refusal = ""

    def as_account(self, email: str, password: str) -> "Api":
        """Make another Api over the same connections."""
        api = Api(self._client, patience_s=self._patience_s)
        api._login = {"username": email, "password": password}
        return api

    def without_account(self) -> "Api":
        """Make another Api over the same connections, for what anybody may do."""
        return Api(self._client, patience_s=self._patience_s)

    async def is_there(self, path: str) -> bool:
        """Return whether the resource exists; it is then not created again."""
        answer = await self.answer("GET", path)
        if answer.status_code != httpx.codes.NOT_FOUND:
            _json(answer)
        return answer.is_success

    async def call(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - JSON
        """Return the JSON answer. Raises DemoFailed with the problem's sentence."""
        return _json(await self.answer(method, path, **options))

    async def answer(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's
        """Return the answer, whatever its status, once there is one."""
        # The first caller logs in; others that call meanwhile wait for the token.
        async with self._logging_in:
            if self._login and not self._token:
                await self._log_in(self._login)
        answer = await self._send(method, path, **options)
        if not self._login or not _wants_a_log_in(answer):
            return answer
        async with self._logging_in:  # the token has expired, or is too old for this call
            await self._log_in(self._login)
        return await self._send(method, path, **options)

    async def _send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        **options: Any,  # noqa: ANN401 - httpx's
    ) -> httpx.Response:
        deadline = time.monotonic() + self._patience_s
        while True:
            try:
                answer = await self._client.request(
                    method, path, headers={**self._headers, **(headers or {})}, **options
                )
            except httpx.TransportError as error:
                if time.monotonic() > deadline:
                    message = f"{method} {path}: no answer: {error!r}"
                    raise DemoFailed(message) from error
            else:
                if answer.status_code not in _BAD_GATEWAY or time.monotonic() > deadline:
                    return answer
            await asyncio.sleep(_RETRY_S)

    def not_yet(self, answer: httpx.Response) -> bool:
        """Remember this refusal for wait_until, which reports it when it gives up; return False."""
        self._last_refusal = _sentence(answer)
        return False

    async def wait_until(
        self,
        goal: str,
        condition: Callable[[], Awaitable[bool]],
        *,
        timeout_s: float = 180,
        every_s: float = _RETRY_S,
    ) -> None:
        """Ask until the condition is true. Raises DemoFailed when that takes too long."""
        deadline = time.monotonic() + timeout_s
        while not await condition():
            if time.monotonic() > deadline:
                message = f"{goal}: not so after {timeout_s:.0f} s. {self._last_refusal}"
                raise DemoFailed(message)
            await asyncio.sleep(every_s)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    async def _log_in(self, login: dict[str, str]) -> None:
        answer = await self._send("POST", "/community/token", data=login)
        self._token = _json(answer)["access_token"]


def _json(answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON
    """Raises DemoFailed with the problem's sentence."""
    if answer.is_error:
        request = answer.request
        raise DemoFailed(f"{request.method} {request.url.path}: {_sentence(answer)}")
    return answer.json() if answer.content else None


def _wants_a_log_in(answer: httpx.Response) -> bool:
    if answer.status_code == httpx.codes.FORBIDDEN:
        return bool(answer.json().get("type") == "/problems/step-up-needed")
    return answer.status_code == httpx.codes.UNAUTHORIZED


def _sentence(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        return f"{answer.status_code} {problem['title']}. {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code} {answer.text[:200]}"

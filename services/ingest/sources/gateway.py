"""Calls to the DSO's gateway: a token by OAuth2 client credentials, then the question."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
from pydantic import BaseModel, Field, SecretStr, ValidationError

from libs.common.outgoing import open_client
from services.ingest.domain.pulls import Question
from services.ingest.domain.pulls.answers import DsoAnswer, read_retry_after
from services.ingest.sources.enedis import request_of

PATIENCE_S = 120.0
"""For one question, with its token."""

_SILENCE_S = 30.0
_ERROR_BYTES = 64 * 1024
_RENEWED_BEFORE = timedelta(minutes=1)


class _Token(BaseModel):
    access_token: SecretStr = Field(min_length=1)
    expires_in: float = Field(3600, ge=0, le=10**8, description="seconds")


@dataclass
class Gateway:
    """One application at the DSO. Its token is kept in memory, until it ends or is refused."""

    base_url: str
    token_url: str
    client_id: SecretStr
    client_secret: SecretStr
    max_bytes: int
    silence_s: float = _SILENCE_S
    _token: SecretStr | None = field(default=None, repr=False)
    _ends_at: datetime | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[httpx.AsyncClient]:
        """Open connections for some questions in a row."""
        headers = {"Accept": "application/json"}
        async with open_client(silence_s=self.silence_s, headers=headers) as client:
            yield client

    async def ask(self, client: httpx.AsyncClient, question: Question, now: datetime) -> DsoAnswer:
        """Ask a question.

        Anything that goes wrong between us and the DSO is returned as an answer too.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._ask_with_token(client, question, now)
        except TimeoutError:
            return DsoAnswer(None, reason="no end of the answer in time")

    async def _ask_with_token(
        self, client: httpx.AsyncClient, question: Question, now: datetime
    ) -> DsoAnswer:
        if self._token is None or (self._ends_at and now >= self._ends_at):
            refusal = await self._renew(client, now)
            if refusal is not None:
                return refusal
        assert self._token is not None
        path, query = request_of(question)
        request = client.build_request(
            "GET",
            self.base_url.rstrip("/") + path,
            params=query,
            headers={"Authorization": f"Bearer {self._token.get_secret_value()}"},
        )
        answer = await self._send(client, request, now)
        if answer.status == httpx.codes.UNAUTHORIZED:
            self._token = None  # it may have been withdrawn: the next attempt gets a new one
        return answer

    async def _renew(self, client: httpx.AsyncClient, now: datetime) -> DsoAnswer | None:
        """Get a token. Returns None if we have one now."""
        credentials = httpx.BasicAuth(
            self.client_id.get_secret_value(), self.client_secret.get_secret_value()
        )
        request = client.build_request(
            "POST", self.token_url, data={"grant_type": "client_credentials"}
        )
        answer = await self._send(client, request, now, credentials)
        if answer.status != httpx.codes.OK:
            return DsoAnswer(
                answer.status, answer.body, answer.retry_after, answer.reason, of_token=True
            )
        try:
            token = _Token.model_validate_json(answer.body)
        except ValidationError:
            return DsoAnswer(None, reason="no token in the answer", of_token=True)
        self._token = token.access_token
        self._ends_at = now + timedelta(seconds=token.expires_in) - _RENEWED_BEFORE
        return None

    async def _send(
        self,
        client: httpx.AsyncClient,
        request: httpx.Request,
        now: datetime,
        auth: httpx.Auth | None = None,
    ) -> DsoAnswer:
        try:
            response = await client.send(request, auth=auth, stream=True)
            try:
                body, too_large = await self._read(response)
            finally:
                await response.aclose()
        except httpx.HTTPError as error:
            return DsoAnswer(None, reason=type(error).__name__)
        retry_after = read_retry_after(response.headers.get("Retry-After"), now)
        return DsoAnswer(response.status_code, body, retry_after, too_large=too_large)

    async def _read(self, response: httpx.Response) -> tuple[bytes, bool]:
        """Return the body, and whether it was longer than what we take."""
        limit = self.max_bytes if response.is_success else _ERROR_BYTES
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > limit:
                return b"", response.is_success
        return bytes(body), False

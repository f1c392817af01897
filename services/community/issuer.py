"""The co-op's own issuer, at which people of the page log in (OpenID Connect Core, 3.1)."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import quote_plus

import httpx
import structlog
from pydantic import AnyHttpUrl, BaseModel, Field, SecretStr, ValidationError

from libs.common.auth.principals import IssuerUnreachable
from libs.common.outgoing import open_client
from libs.common.settings import Settings
from services.community.domain.accounts.visits import Visit

_PATIENCE_S = 10.0
_SILENCE_S = 5.0
_DISCOVERY_LIFE_S = 3600.0
_REFUSALS = {"invalid_grant", "access_denied"}
"""Refusals of a person. All others (RFC 6749, 5.2) mean that the client is set up wrongly."""
_LIFE_UNKNOWN_S = 60

_log = structlog.get_logger(__name__)


class GrantRefused(Exception):  # noqa: N818 - an answer of the issuer, not a failure
    """The code, or the refresh token, is no longer valid."""


@dataclass(frozen=True)
class Grant:
    """Tokens from the issuer; without a refresh token, the access token is the last one."""

    access_token: str
    life: timedelta
    refresh_token: str | None
    id_token: str | None


class _Discovery(BaseModel):
    """The fields of OpenID Connect Discovery 1.0, 3, needed here."""

    issuer: str
    authorization_endpoint: AnyHttpUrl
    token_endpoint: AnyHttpUrl
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]


class _TokensIn(BaseModel):
    access_token: SecretStr = Field(min_length=1)
    expires_in: float = Field(_LIFE_UNKNOWN_S, ge=0, le=10**8)
    refresh_token: SecretStr | None = None
    id_token: SecretStr | None = None


class _RefusalIn(BaseModel):
    error: str = Field(pattern=r"^[a-z_]{1,60}$")


@dataclass
class Issuer:
    """Keeps its discovery document in memory for an hour, and longer while the issuer is away."""

    url: str
    client_id: str
    client_secret: SecretStr
    scope: str
    callback_url: str
    _discovery: _Discovery | None = field(default=None, repr=False)
    _discovered_at_s: float = float("-inf")

    async def address_of(self, visit: Visit) -> str:
        """Return the address for the browser. Raises IssuerUnreachable."""
        discovery = await self._discover()
        params = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.callback_url,
            "scope": self.scope,
            "state": visit.state,
            "nonce": visit.nonce,
            "code_challenge": visit.challenge,
            "code_challenge_method": "S256",
        }
        return str(httpx.URL(str(discovery.authorization_endpoint)).copy_merge_params(params))

    async def redeem(self, code: str, verifier: str) -> Grant:
        """Raises GrantRefused, IssuerUnreachable."""
        return await self._ask_for_tokens(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.callback_url,
                "code_verifier": verifier,
            }
        )

    async def renew(self, refresh_token: str) -> Grant:
        """Raises GrantRefused, IssuerUnreachable."""
        return await self._ask_for_tokens(
            {"grant_type": "refresh_token", "refresh_token": refresh_token}
        )

    async def _ask_for_tokens(self, form: Mapping[str, str]) -> Grant:
        discovery = await self._discover()
        auth, credentials = self._credentials(discovery)
        endpoint = str(discovery.token_endpoint)
        answer = await _send("POST", endpoint, auth=auth, data={**form, **credentials})
        if answer.status_code != httpx.codes.OK:
            raise _refusal(answer)
        try:
            tokens = _TokensIn.model_validate_json(answer.content)
        except ValidationError:
            _log.warning("issuer gives no tokens")  # the error may hold them
            raise _away() from None
        return Grant(
            access_token=tokens.access_token.get_secret_value(),
            life=timedelta(seconds=tokens.expires_in),
            refresh_token=_text(tokens.refresh_token),
            id_token=_text(tokens.id_token),
        )

    def _credentials(self, discovery: _Discovery) -> tuple[httpx.Auth | None, dict[str, str]]:
        """Put them in the header, or in the form; RFC 6749, 2.3.1."""
        secret = self.client_secret.get_secret_value()
        if not secret:
            return None, {"client_id": self.client_id}
        if "client_secret_basic" in discovery.token_endpoint_auth_methods_supported:
            return httpx.BasicAuth(quote_plus(self.client_id), quote_plus(secret)), {}
        return None, {"client_id": self.client_id, "client_secret": secret}

    async def _discover(self) -> _Discovery:
        if time.monotonic() - self._discovered_at_s < _DISCOVERY_LIFE_S:
            assert self._discovery is not None
            return self._discovery
        try:
            self._discovery = await self._fetch_discovery()
        except IssuerUnreachable:
            if self._discovery is None:
                raise
            return self._discovery
        self._discovered_at_s = time.monotonic()
        return self._discovery

    async def _fetch_discovery(self) -> _Discovery:
        url = f"{self.url.rstrip('/')}/.well-known/openid-configuration"
        answer = await _send("GET", url)
        try:
            discovery = _Discovery.model_validate_json(answer.content)
        except ValidationError as error:
            _log.warning("issuer has no discovery document", status=answer.status_code)
            raise _away() from error
        if discovery.issuer != self.url:  # 4.3: else it may be somebody else's
            _log.warning("issuer calls itself otherwise", issuer=discovery.issuer)
            raise _away()
        return discovery


def find_issuer(settings: Settings) -> Issuer | None:
    """Return the same issuer each time, with its discovery; None: the page is no client of one."""
    if not (settings.auth_issuer and settings.auth_client_id):
        return None
    return _issuer(
        settings.auth_issuer,
        settings.auth_client_id,
        settings.auth_client_secret,
        settings.auth_scope,
        f"{settings.public_url}/community/oidc/callback",
    )


_issuer = cache(Issuer)


async def _send(method: str, url: str, **request: Any) -> httpx.Response:  # noqa: ANN401 - of httpx
    headers = {"Accept": "application/json"}
    try:
        async with (
            asyncio.timeout(_PATIENCE_S),
            open_client(silence_s=_SILENCE_S, headers=headers) as client,
        ):
            return await client.request(method, url, **request)
    except (httpx.HTTPError, TimeoutError) as error:
        _log.warning("issuer unreachable", error=type(error).__name__)
        raise _away() from error


def _refusal(answer: httpx.Response) -> GrantRefused | IssuerUnreachable:
    try:
        word = _RefusalIn.model_validate_json(answer.content).error
    except ValidationError:
        word = ""
    if answer.is_client_error and word in _REFUSALS:
        return GrantRefused()
    _log.error("issuer refuses our client", status=answer.status_code, error=word)
    return _away()


def _away() -> IssuerUnreachable:
    return IssuerUnreachable()


def _text(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None

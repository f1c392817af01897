"""The caller of a token and their rights, verified by the issuer's public keys."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import httpx
import structlog
from fastapi import Depends, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import OAuth2PasswordBearer
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from libs.common.auth.principals import IssuerUnreachable, Principal, Role, TokenRefused, refused
from libs.common.auth.revocations import RevocationsUnknown, RevokedSessions
from libs.common.auth.step_up import check_stepped_up, wants_step_up
from libs.common.claims import ClaimNames, check_is_for_us, session_id_in, stepped_up_at_in
from libs.common.clock import Clock
from libs.common.http import route_template
from libs.common.http.allowances import Allowances, cost_of, costs_always
from libs.common.http.body_limits import limit_of
from libs.common.ids import OperationId
from libs.common.outgoing import open_client
from libs.common.settings import Settings

_ALGORITHMS = ["ES256", "RS256", "PS256", "EdDSA", "Ed25519"]
_PAUSE_S = 10.0  # between two questions to the issuer
_KEYS_LIFE_S = 300.0  # a key that the issuer withdraws is trusted no longer than this
_MOST_SIGNED = 1000  # tokens of which it is remembered
LEEWAY_S = 30  # between the issuer's clock and ours

_log = structlog.get_logger(__name__)
_bearer = OAuth2PasswordBearer(tokenUrl="/community/token", auto_error=False)


class TokenVerifier:
    """Checks signatures and claims; keeps the issuer's keys for some minutes.

    longest_life: of a token of the own issuer; None: it is another's.
    clock: by which tokens expire. monotonic: in seconds; it is another one in tests only.
    """

    def __init__(
        self,
        *,
        issuer: str,
        audience: str,
        jwks_url: str,
        revoked_sessions_url: str | None = None,
        longest_life: timedelta | None = None,
        names: ClaimNames | None = None,
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._jwks_url = jwks_url
        self._names = names or ClaimNames()
        self._revoked = (
            RevokedSessions(revoked_sessions_url, clock=monotonic) if revoked_sessions_url else None
        )
        self._issuer, self._longest_life = issuer, longest_life
        self._clock = clock
        self._claims = self._expect(audience)
        self._monotonic = monotonic
        self._keys: KeySet | None = None
        self._signed: dict[str, jwt.Token] = {}  # what these keys have been found to sign
        self._first = asyncio.Lock()
        self._asked_at_s = self._fetched_at_s = float("-inf")

    async def verify(self, token: str) -> Principal:
        """Raises TokenRefused, or IssuerUnreachable when there are no keys to check against."""
        decoded = await self._decode(token, self._claims)
        try:
            if self._longest_life is None:
                check_is_for_us(decoded.header, decoded.claims, self._names.clients)
            principal = _principal(decoded.claims, self._names, self._longest_life)
        except (ArithmeticError, LookupError, ValueError, TypeError) as error:
            raise TokenRefused from error
        await self._check_session(principal)
        return principal

    async def verify_id_token(self, token: str, *, client_id: str, nonce: str) -> str:
        """Return the token's subject, ``sub``; the token is for this client and this log-in alone.

        Raises TokenRefused, IssuerUnreachable. OpenID Connect Core, 3.1.3.7.
        """
        claims = (await self._decode(token, self._expect(client_id))).claims
        if claims.get("nonce") != nonce or claims.get("azp", client_id) != client_id:
            raise TokenRefused
        return str(claims["sub"])

    def _expect(self, audience: str) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=lambda: int(self._clock.now().timestamp()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    async def _decode(self, token: str, expected: jwt.JWTClaimsRegistry) -> jwt.Token:
        keys = await self._current_keys()
        try:
            decoded = self._signed.get(token) or await self._check_signature(token, keys)
            expected.validate(decoded.claims)
        except (JoseError, ValueError, TypeError) as error:
            raise TokenRefused from error
        return decoded

    async def _check_signature(self, token: str, keys: KeySet) -> jwt.Token:
        """Once under the same keys: it takes as long as all else that is asked of a token."""
        try:
            decoded = jwt.decode(token, keys, algorithms=_ALGORITHMS)
        except InvalidKeyIdError:
            decoded = jwt.decode(token, await self._fetch_keys(), algorithms=_ALGORITHMS)
        if len(self._signed) >= _MOST_SIGNED:
            del self._signed[next(iter(self._signed))]  # the oldest
        self._signed[token] = decoded
        return decoded

    async def _check_session(self, principal: Principal) -> None:
        if self._revoked is None or principal.session_id is None:
            return
        try:
            revoked = await self._revoked.include(principal.session_id)
        except RevocationsUnknown as error:
            raise IssuerUnreachable("Try again in a few seconds.") from error
        if revoked:
            raise TokenRefused("Log in again: the session has ended.")

    async def _current_keys(self) -> KeySet:
        if self._keys is None:
            async with self._first:
                return self._keys or await self._fetch_keys()
        if self._monotonic() - self._fetched_at_s < _KEYS_LIFE_S:
            return self._keys
        try:
            return await self._fetch_keys()
        except IssuerUnreachable:
            # People keep working while the issuer is away.
            _log.warning("issuer unreachable, its former keys stay in use")
            return self._keys

    async def _fetch_keys(self) -> KeySet:
        if self._keys is not None and self._monotonic() - self._asked_at_s < _PAUSE_S:
            return self._keys
        self._asked_at_s = self._monotonic()
        try:
            async with open_client(silence_s=5) as client:
                response = await client.get(self._jwks_url)
                response.raise_for_status()
                self._keys = KeySet.import_key_set(response.json())
                self._signed.clear()
        except (httpx.HTTPError, JoseError, ValueError) as error:
            raise IssuerUnreachable("Try again in a few seconds.") from error
        self._fetched_at_s = self._monotonic()
        return self._keys


def _principal(claims: dict[str, Any], names: ClaimNames, life: timedelta | None) -> Principal:
    """life: the longest, of the own issuer's tokens. Raises what ``session_id_in`` does."""
    member_id = names.member_id_in(claims)
    roles = names.roles_in(claims)
    return Principal(
        subject=str(claims["sub"]),
        # An external issuer has roles of other applications too.
        roles=frozenset(role for role in Role if role in roles),
        operations=frozenset(map(OperationId, names.operations_in(claims))),
        member_id=UUID(member_id) if member_id else None,
        session_id=session_id_in(claims, longest_life=life) if life else None,
        stepped_up_at=stepped_up_at_in(claims) if life else None,
    )


async def authenticated(
    request: Request, token: Annotated[str | None, Depends(_bearer)]
) -> Principal:
    """Dependency: the caller, whatever their role. Raises TokenRefused."""
    caller: Principal | None = getattr(request.state, "caller", None)
    return caller or await _identify(request, token)


async def _identify(request: Request, token: str | None) -> Principal:
    if token is None:
        raise TokenRefused("Send an Authorization: Bearer header; POST /community/token gives one.")
    verifier: TokenVerifier = request.app.state.verifier
    caller = await verifier.verify(token)
    structlog.contextvars.bind_contextvars(
        subject=caller.subject,
        roles=sorted(caller.roles),
        route=route_template(request.scope),
    )
    return caller


@dataclass(frozen=True)
class _Requirement:
    """A dependency that lets only these roles through."""

    roles: frozenset[Role]

    async def __call__(self, caller: Annotated[Principal, Depends(authenticated)]) -> Principal:
        self.check(caller)
        return caller

    def check(self, caller: Principal) -> None:
        if caller.roles.isdisjoint(self.roles):
            raise refused(caller, f"Needs the role {' or '.join(sorted(self.roles))}.")


def require(*roles: Role) -> Callable[[Principal], Awaitable[Principal]]:
    """Make a dependency that lets only these roles through; raises Forbidden for others."""
    return _Requirement(frozenset(roles))


class TokenFirstRoute(APIRoute):
    """Knows the caller, and that their role may call, before it reads the path or the body.

    FastAPI reads a body before it calls any dependency, and calls them in the order in which a
    route names them; so a stranger would be told what else is wrong with the request.
    In its part of the OpenAPI document it notes ``x-roles``, who may call; and, for ``openapi`` to
    document the refusals that come of them, ``x-body-limit-bytes``, ``x-cost`` and ``x-step-up``.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - FastAPI's own
        super().__init__(*arguments, **options)
        needs_token = _asks_who_calls(self.dependant)
        self.body_limit = limit_of(self.endpoint, needs_token=needs_token)
        limit_bytes = self.body_limit.bytes_by_default
        self.openapi_extra = {**(self.openapi_extra or {}), "x-body-limit-bytes": limit_bytes}
        if needs_token:
            roles_by_requirement = [
                requirement.roles for requirement in _requirements(self.dependant)
            ]
            self.openapi_extra["x-cost"] = cost_of(self.endpoint)
            if wants_step_up(self.endpoint):
                self.openapi_extra["x-step-up"] = True
            self.openapi_extra["x-roles"] = sorted(
                frozenset(Role).intersection(*roles_by_requirement)
            )

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()
        if not _asks_who_calls(self.dependant):
            return answer
        requirements = list(_requirements(self.dependant))
        steps_up = wants_step_up(self.endpoint)

        async def answer_the_caller(request: Request) -> Response:
            caller = await _identify(request, await _bearer(request))
            for requirement in requirements:
                requirement.check(caller)
            if steps_up:
                _check_stepped_up(request, caller)
            request.state.caller = caller
            request.state.spend = partial(_spend, request, caller, cost_of(self.endpoint))
            if costs_always(self.endpoint):
                request.state.spend()
            return await answer(request)

        return answer_the_caller


def _check_stepped_up(request: Request, caller: Principal) -> None:
    """Raises StepUpNeeded."""
    state = request.app.state
    check_stepped_up(caller, now=state.clock.now(), settings=state.settings)


def _spend(request: Request, caller: Principal, cost: int) -> None:
    """Raises AllowanceSpent."""
    allowances: Allowances = request.app.state.allowances
    settings: Settings = request.app.state.settings
    allowances.spend(caller.subject, cost, at_once=settings.costly_at_once)


def _asks_who_calls(dependant: Dependant) -> bool:
    return any(
        dependency.call is authenticated or _asks_who_calls(dependency)
        for dependency in dependant.dependencies
    )


def _requirements(dependant: Dependant) -> Iterator[_Requirement]:
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, _Requirement):
            yield dependency.call
        yield from _requirements(dependency)

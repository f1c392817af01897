"""How long a key of the issuer is trusted, how clocks may differ, what a refusal leaves."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from libs.common.auth.principals import Role, TokenRefused
from libs.common.auth.tokens import TokenVerifier, require
from libs.common.claims import ClaimNames
from libs.common.clock import Clock
from libs.common.http.error_handlers import add_error_handlers
from libs.common.logs.logging import configure_logging
from libs.common.ports import bound_socket, port_of
from services.cli.running import running
from tests.support.clock import CLOCK, SetClock


@dataclass
class Issuer:
    """Another company's; it may withdraw keys and fall silent, and time is what we say."""

    url: str
    keys: list[ECKey] = field(default_factory=list)
    silent: bool = False
    monotonic_s: float = 0.0

    def verifier(self, *clients: str, clock: Clock = CLOCK) -> TokenVerifier:
        return TokenVerifier(
            issuer="them",
            audience="us",
            jwks_url=self.url,
            names=ClaimNames(clients=frozenset(clients)),
            clock=clock,
            monotonic=lambda: self.monotonic_s,
        )


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    listener = bound_socket()
    fake_issuer = Issuer(f"http://127.0.0.1:{port_of(listener)}/keys", [_key("first")])

    async def answer(_request: Request) -> JSONResponse:
        keys = [key.as_dict(private=False) for key in fake_issuer.keys]
        return JSONResponse({"keys": keys}, status_code=500 if fake_issuer.silent else 200)

    async with running(Starlette(routes=[Route("/keys", answer)]), listener):
        yield fake_issuer


def _key(name: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": name})


def _token(key: ECKey, type_: str = "JWT", /, **changes: object) -> str:
    """type_: as the header states it; a claim may state it too."""
    claims = {"iss": "them", "aud": "us", "sub": "me", "exp": _now_s() + 600}
    return jwt.encode({"alg": "ES256", "kid": key.kid, "typ": type_}, claims | changes, key)


def _now_s() -> int:
    return int(CLOCK.now().timestamp())


async def test_a_withdrawn_key_is_trusted_for_five_minutes_at_most(issuer: Issuer) -> None:
    token, verifier = _token(issuer.keys[0]), issuer.verifier()
    await verifier.verify(token)

    issuer.keys = [_key("second")]
    issuer.monotonic_s = 299
    await verifier.verify(token)
    issuer.monotonic_s = 301

    with pytest.raises(TokenRefused):
        await verifier.verify(token)
    await verifier.verify(_token(issuer.keys[0]))


async def test_known_keys_serve_while_the_issuer_is_silent(issuer: Issuer) -> None:
    verifier = issuer.verifier()
    await verifier.verify(_token(issuer.keys[0]))

    issuer.silent, issuer.monotonic_s = True, 1000

    assert (await verifier.verify(_token(issuer.keys[0]))).subject == "me"


async def test_a_token_that_was_taken_is_refused_once_it_has_ended(issuer: Issuer) -> None:
    clock = SetClock(CLOCK.now())
    verifier = issuer.verifier(clock=clock)
    token = _token(issuer.keys[0], exp=_now_s() + 60)
    await verifier.verify(token)

    clock.advance(timedelta(minutes=2))

    with pytest.raises(TokenRefused):
        await verifier.verify(token)


async def test_clocks_may_differ_by_half_a_minute(issuer: Issuer) -> None:
    now_s, verifier = _now_s(), issuer.verifier()

    await verifier.verify(_token(issuer.keys[0], exp=now_s - 20, iat=now_s + 20, nbf=now_s + 20))
    for late in ({"exp": now_s - 40}, {"iat": now_s + 60}, {"nbf": now_s + 60}):
        with pytest.raises(TokenRefused):
            await verifier.verify(_token(issuer.keys[0], **late))


@pytest.mark.parametrize(
    ("type_", "claims"),
    [
        ("JWT", {"typ": "ID"}),  # Keycloak's
        ("JWT", {"typ": "Refresh"}),
        ("JWT", {"at_hash": "abc", "nonce": "n"}),  # whoever's: OpenID Connect Core, 3.1.3.6
        ("logout+jwt", {}),
        ("dpop+jwt", {}),
    ],
)
async def test_what_is_no_access_token_gives_no_access(
    issuer: Issuer, type_: str, claims: dict[str, object]
) -> None:
    """Though its audience has our name, as a client of the issuer may."""
    with pytest.raises(TokenRefused):
        await issuer.verifier().verify(_token(issuer.keys[0], type_, **claims))


@pytest.mark.parametrize(
    ("type_", "claims"),
    [("JWT", {}), ("JWT", {"typ": "Bearer"}), ("at+jwt", {}), ("application/at+jwt", {})],
)
async def test_an_access_token_is_taken_whichever_way_it_says_so(
    issuer: Issuer, type_: str, claims: dict[str, object]
) -> None:
    assert await issuer.verifier().verify(_token(issuer.keys[0], type_, **claims))


async def test_only_tokens_of_clients_that_are_named_count_once_some_are(issuer: Issuer) -> None:
    verifier, key = issuer.verifier("page", "feed"), issuer.keys[0]

    assert await verifier.verify(_token(key, azp="page"))
    assert await verifier.verify(_token(key, client_id="feed"))  # RFC 9068
    for others in ({"azp": "wiki"}, {"azp": "wiki", "client_id": "page"}, {"azp": ["page"]}, {}):
        with pytest.raises(TokenRefused):
            await verifier.verify(_token(key, **others))


@pytest.mark.parametrize(
    ("roles", "our_roles"), [(["king", "feed"], {Role.FEED}), (["king"], set()), (None, set())]
)
async def test_roles_of_other_applications_are_ignored(
    issuer: Issuer, roles: object, our_roles: set[Role]
) -> None:
    principal = await issuer.verifier().verify(_token(issuer.keys[0], roles=roles))

    assert principal.roles == our_roles


async def test_roles_that_are_no_list_are_refused(issuer: Issuer) -> None:
    with pytest.raises(TokenRefused):
        await issuer.verifier().verify(_token(issuer.keys[0], roles="no-operator"))


async def test_a_refusal_leaves_a_line_with_the_caller_and_the_route(issuer: Issuer) -> None:
    router = APIRouter()
    operators_only = [Depends(require(Role.OPERATOR))]

    @router.get("/points/{prm}", dependencies=operators_only)
    async def read(prm: str) -> str:
        return prm

    app = FastAPI()
    app.state.verifier = issuer.verifier()
    app.include_router(router, prefix="/ingest")
    add_error_handlers(app)
    headers = {"authorization": f"Bearer {_token(issuer.keys[0], roles=['feed'])}"}
    transport = httpx.ASGITransport(app)
    with _lines_of("libs.common.auth.principals") as lines:
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            answer = await client.get("/ingest/points/99000000000001", headers=headers)

    assert answer.status_code == 403
    assert [(line["subject"], line["route"]) for line in lines] == [("me", "/ingest/points/{prm}")]


@contextmanager
def _lines_of(name: str) -> Iterator[list[dict[str, object]]]:
    lines: list[dict[str, object]] = []
    handler = logging.Handler()
    # structlog hands its lines to logging as dicts.
    handler.emit = lambda record: lines.append(vars(record)["msg"])  # type: ignore[method-assign]
    configure_logging(log_format="json", level="WARNING")
    logging.getLogger(name).addHandler(handler)
    try:
        yield lines
    finally:
        logging.getLogger(name).removeHandler(handler)

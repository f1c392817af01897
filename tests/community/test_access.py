"""Logging in, tokens and accounts."""

import json
import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from libs.common.auth.principals import Rights
from services.cli.running import running
from services.community import credentials
from services.community.commands.accounts.signing_keys import get_signing_key
from services.community.domain.members.registry import Jwk
from tests.community.coop import (
    PASSWORD,
    beside,
    given_member,
    given_operation,
    list_all,
    put_account,
)
from tests.support.clock import CLOCK
from tests.support.platform import Platform


def _new_email() -> str:
    return f"somebody-{secrets.token_hex(4)}@example.org"


async def _log_in(client: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    form = {"username": email, "password": password}
    return await client.post("/community/token", data=form)


_HALF = "\\ud800" * 12


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/log-in-links/use", f'{{"secret": "{_HALF}"}}'),
        ("POST", "/browser-session", f'{{"secret": "{_HALF}"}}'),
        ("POST", "/email-changes/confirmation", f'{{"secret": "{_HALF}"}}'),
        ("POST", "/invitations/preview", f'{{"secret": "{_HALF}"}}'),
        ("POST", "/invitations/acceptance", f'{{"secret": "{_HALF}", "password": "{PASSWORD}"}}'),
        ("POST", "/invitations/acceptance", f'{{"secret": "x", "password": "{_HALF}"}}'),
    ],
)
async def test_a_secret_with_half_of_a_character_is_malformed(
    operator: httpx.AsyncClient, method: str, path: str, body: str
) -> None:
    headers = {"content-type": "application/json"}

    answer = await operator.request(method, f"/community{path}", content=body, headers=headers)

    assert answer.status_code == 422, answer.text


async def test_an_account_logs_in_and_is_told_who_it_is(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    email = _new_email()
    rights = {
        "roles": ["organiser", "member"],
        "operations": [operation_id],
        "member_id": member_id,
    }
    account = await put_account(operator, email, {"password": PASSWORD, **rights})

    async with platform.client() as client:
        answer = await _log_in(client, email.upper(), PASSWORD)
        token = answer.json()["access_token"]
    async with platform.client(token) as client:
        me = (await client.get("/community/me")).json()

    body = answer.json()
    assert body.pop("refresh_token")
    life_s = platform.settings.auth_token_minutes * 60
    assert body == {"access_token": token, "token_type": "bearer", "expires_in": life_s}
    assert me["subject"] == account["id"]
    assert sorted(me["roles"]) == ["member", "organiser"]
    assert (me["operations"], me["member_id"]) == ([operation_id], member_id)


async def test_all_refused_log_ins_look_the_same(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    email, disabled = _new_email(), _new_email()
    await put_account(operator, email, {"password": PASSWORD, "roles": ["feed"]})
    body = {"password": PASSWORD, "roles": ["feed"], "disabled": True}
    await put_account(operator, disabled, body)

    answers = [
        await _log_in(anonymous, email, "a wrong password"),
        await _log_in(anonymous, email, PASSWORD + "x" * 60_000),
        await _log_in(anonymous, disabled, PASSWORD),
        await _log_in(anonymous, _new_email(), PASSWORD),
        await _log_in(anonymous, "no address", PASSWORD),
        await _log_in(anonymous, "a\x00@example.org", "a\x00b"),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["type"] == "/problems/credentials-refused"


def test_checking_the_password_of_nobody_costs_as_much_as_of_somebody() -> None:
    assert not credentials._passwords.hashers[0].check_needs_rehash(credentials._NOBODY)


async def test_accounts_are_listed_without_their_passwords(operator: httpx.AsyncClient) -> None:
    email = _new_email()
    account = await put_account(operator, email, {"password": PASSWORD, "roles": ["feed"]})

    listed = await list_all(operator, "/accounts")

    assert account in listed
    assert set(account) == {"id", "email", "roles", "operations", "member_id", "disabled"}
    assert "argon2" not in str(listed)


async def test_pages_of_accounts_follow_one_another_in_order_of_address(
    operator: httpx.AsyncClient,
) -> None:
    for _ in range(3):
        await put_account(operator, _new_email(), {"password": PASSWORD, "roles": ["feed"]})

    by_twos = await list_all(operator, "/accounts", limit=2)
    after_nobody = await operator.get(f"/community/accounts?after={uuid4()}")

    assert by_twos == sorted(by_twos, key=lambda account: account["email"])
    assert by_twos == await list_all(operator, "/accounts")
    assert after_nobody.status_code == 404
    assert after_nobody.json()["type"] == "/problems/account-unknown"


@pytest.mark.parametrize(
    "change",
    [
        {"password": PASSWORD},
        {"roles": []},
        {"roles": ["king"]},
        {"roles": ["organiser"]},
        {"roles": ["organiser"], "operations": ["everything"]},
        {"roles": ["member"]},
    ],
)
async def test_a_malformed_account_is_422_and_does_not_repeat_a_password(
    operator: httpx.AsyncClient, change: dict[str, object]
) -> None:
    """M3 of the security review: nobody chooses the password of somebody else."""
    body = {"roles": ["feed"]} | change
    answer = await operator.put(f"/community/accounts/{_new_email()}", json=body)

    assert answer.status_code == 422
    assert PASSWORD not in answer.text


async def test_a_member_account_needs_an_existing_member(operator: httpx.AsyncClient) -> None:
    body = {"roles": ["member"], "member_id": str(uuid4())}
    answer = await operator.put(f"/community/accounts/{_new_email()}", json=body)

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/member-unknown"


async def test_only_public_halves_of_keys_are_shown(anonymous: httpx.AsyncClient) -> None:
    keys = (await anonymous.get("/community/jwks.json")).json()["keys"]

    assert keys
    for key in keys:
        assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}


@pytest.fixture
async def signing_key(platform: Platform) -> Jwk:
    async with platform.database("community") as database, database.transaction() as session:
        return await get_signing_key(session, platform.settings.account_keys)


def _token(platform: Platform, key: Jwk, **changes: object) -> str:
    arguments = {
        "issuer": platform.settings.issuer,
        "audience": platform.settings.auth_audience,
        "now": CLOCK.now(),
        "life": timedelta(minutes=5),
        "account_id": uuid4(),
        "session_id": uuid4(),
        "rights": Rights.of_staff(),
    }
    return credentials.sign_token(key, **(arguments | changes))  # type: ignore[arg-type] # varied on purpose


async def _status_of_me(platform: Platform, token: str) -> int:
    async with platform.client(token) as client:
        return (await client.get("/community/me")).status_code


async def test_a_token_that_is_not_for_us_or_too_old_is_refused(
    platform: Platform, signing_key: Jwk
) -> None:
    long_ago = CLOCK.now() - timedelta(hours=1)

    assert await _status_of_me(platform, _token(platform, signing_key)) == 200
    for change in (
        {"now": long_ago},
        {"issuer": "https://elsewhere.example.org"},
        {"audience": "somebody-else"},
    ):
        assert await _status_of_me(platform, _token(platform, signing_key, **change)) == 401


@pytest.mark.parametrize(("roles", "status"), [(["king"], 403), (["king", "operator"], 200)])
async def test_a_role_that_we_do_not_know_gives_nothing_and_takes_nothing(
    platform: Platform, signing_key: Jwk, roles: Sequence[str], status: int
) -> None:
    rights = Rights(frozenset(roles))  # type: ignore[arg-type] # as a later version may know
    async with platform.client(_token(platform, signing_key, rights=rights)) as client:
        assert (await client.get("/community/members")).status_code == status


async def test_a_token_of_an_unknown_or_forged_key_is_refused(
    platform: Platform, signing_key: Jwk
) -> None:
    unknown = credentials.new_signing_key()
    forged = credentials.new_signing_key() | {"kid": signing_key["kid"]}
    public = json.dumps(credentials.public_jwk(signing_key))
    header = {"alg": "HS256", "kid": signing_key["kid"]}
    confused = jwt.encode(header, {"sub": "me"}, OctKey.import_key(public))

    assert await _status_of_me(platform, _token(platform, unknown)) == 401
    assert await _status_of_me(platform, _token(platform, forged)) == 401
    assert await _status_of_me(platform, confused) == 401
    assert await _status_of_me(platform, "nonsense") == 401


@pytest.fixture
async def external_key() -> AsyncIterator[tuple[str, RSAKey]]:
    """A small OIDC issuer: its URL, and the key whose public half it shows."""
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)

    async def keys(_request: Request) -> JSONResponse:
        return JSONResponse({"keys": [key.as_dict(private=False)]})

    async with running(Starlette(routes=[Route("/keys", keys)])) as port:
        yield f"http://127.0.0.1:{port}", key


async def test_an_external_issuer_gives_the_tokens_when_settings_name_one(
    platform: Platform, external_key: tuple[str, RSAKey]
) -> None:
    issuer, key = external_key
    claims = {
        "iss": issuer,
        "aud": platform.settings.auth_audience,
        "sub": "somebody",
        "exp": int(CLOCK.now().timestamp()) + 60,
        "roles": ["operator"],
    }
    theirs = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key, algorithms=["RS256"])
    ours = await platform.operator_token()

    async with beside(platform, auth_issuer=issuer, auth_jwks_url=f"{issuer}/keys") as here:
        async with here.client(theirs) as client:
            me = (await client.get("/community/me")).json()
            listed = await client.get("/community/members")
            log_in = await _log_in(client, platform.settings.operator_email, PASSWORD)
        status_of_ours = await _status_of_me(here, ours)

    assert me["subject"] == "somebody"
    assert listed.status_code == 200
    assert status_of_ours == 401
    assert log_in.status_code == 409
    assert log_in.json()["type"] == "/problems/login-elsewhere"
    assert log_in.json()["issuer"] == issuer
    assert await _status_of_me(platform, theirs) == 401

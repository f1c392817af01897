"""What a session alone may not do: a password or a code again, within five minutes (M1 to M3)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from libs.common.auth.principals import Role
from tests.community.coop import PASSWORD, beside, put_account
from tests.community.mailing import new_address
from tests.community.phone import Phone, StoppedClock
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.routes import all_routes

_CLOCK = StoppedClock()
_PATH = "/community/me/step-up"
_APP = "/community/me/authenticator"
_NEEDED = (403, "/problems/step-up-needed")


@pytest.fixture(scope="module")
async def strict(platform: Platform) -> AsyncIterator[Platform]:
    """With the five minutes of the product, by a clock that stands still."""
    changes = {"auth_step_up_minutes": 5, "auth_failures_per_account": 5}
    async with beside(platform, _CLOCK, **changes) as here:
        yield here


@pytest.fixture
async def email(operator: httpx.AsyncClient) -> str:
    _CLOCK.set(CLOCK.now())
    address = new_address()
    await put_account(operator, address, {"password": PASSWORD, "roles": ["operator"]})
    return address


@pytest.fixture
async def client(strict: Platform, email: str) -> AsyncIterator[httpx.AsyncClient]:
    """Logged in a while ago."""
    async with strict.client(await strict.token(email, PASSWORD)) as browser:
        _CLOCK.advance(timedelta(minutes=5, seconds=1))
        yield browser


def _told(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json().get("type") if answer.content else None


async def _invite(client: httpx.AsyncClient, token: str | None = None) -> httpx.Response:
    body = {"email": new_address(), "role": "operator"}
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return await client.post("/community/invitations", json=body, headers=headers)


async def _step_up(client: httpx.AsyncClient, **proof: str) -> httpx.Response:
    return await client.post(_PATH, json=proof)


async def test_a_session_of_a_while_ago_needs_the_password_again_for_five_minutes(
    client: httpx.AsyncClient,
) -> None:
    before = await _invite(client)
    body = (await _step_up(client, password=PASSWORD)).json()
    token = body["access_token"]
    _CLOCK.advance(timedelta(minutes=4, seconds=59))
    after = await _invite(client, token)
    with_the_other_token = await _invite(client)
    _CLOCK.advance(timedelta(seconds=2))
    late = await _invite(client, token)

    assert body["expires_in"] > 0
    assert after.status_code == 201
    assert [_told(answer) for answer in (before, with_the_other_token, late)] == [_NEEDED] * 3


async def test_a_log_in_is_good_for_five_minutes_and_a_renewal_is_none(
    strict: Platform, email: str
) -> None:
    async with strict.client() as browser:
        log_in = {"email": email, "password": PASSWORD}
        fresh = (await browser.post("/community/browser-session", json=log_in)).json()
        first = await _invite(browser, fresh["access_token"])
        _CLOCK.advance(timedelta(minutes=6))
        renewed = (await browser.post("/community/browser-session/renewal")).json()
        second = await _invite(browser, renewed["access_token"])
        headers = {"authorization": f"Bearer {renewed['access_token']}"}
        await browser.post(_PATH, json={"password": PASSWORD}, headers=headers)
        # What the session knows, its next token says too: another tab need not ask again.
        again = (await browser.post("/community/browser-session/renewal")).json()
        third = await _invite(browser, again["access_token"])

    assert [answer.status_code for answer in (first, second, third)] == [201, 403, 201]


async def test_a_stolen_session_is_no_way_to_try_passwords(client: httpx.AsyncClient) -> None:
    wrong = [await _step_up(client, password="a wrong password") for _ in range(5)]
    paused = await _step_up(client, password=PASSWORD)

    assert {_told(answer) for answer in wrong} == {(409, "/problems/password-wrong")}
    assert _told(paused) == (429, "/problems/log-in-paused")
    assert int(paused.headers["retry-after"]) > 0
    assert _told(await _invite(client)) == _NEEDED


async def test_a_code_of_the_app_does_as_well_once_and_without_an_app_none(
    client: httpx.AsyncClient,
) -> None:
    without = await _step_up(client, code="492039")
    alone = await client.post(_APP)
    token = (await _step_up(client, password=PASSWORD)).json()["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    phone = Phone((await client.post(_APP, headers=headers)).json()["secret"], _CLOCK)
    await client.post(f"{_APP}/confirmation", json={"code": phone.code(later=-1)})
    _CLOCK.advance(timedelta(minutes=6))
    wrong = await _step_up(client, code=phone.wrong)
    code = phone.code()
    right, again = [await _step_up(client, code=code) for _ in range(2)]
    invited = await _invite(client, right.json()["access_token"])

    assert _told(without) == (409, "/problems/codes-unset")
    assert _told(alone) == _NEEDED
    assert [_told(answer) for answer in (wrong, again)] == [(409, "/problems/code-wrong")] * 2
    assert invited.status_code == 201


@pytest.mark.parametrize("body", [{}, {"password": PASSWORD, "code": "492039"}])
async def test_one_proof_is_sent(client: httpx.AsyncClient, body: dict[str, str]) -> None:
    assert (await client.post(_PATH, json=body)).status_code == 422


async def test_who_may_not_call_at_all_is_told_that_first(
    strict: Platform, operator: httpx.AsyncClient
) -> None:
    _CLOCK.set(CLOCK.now())
    email = new_address()
    await put_account(operator, email, {"password": PASSWORD, "roles": ["feed"]})
    async with strict.client(await strict.token(email, PASSWORD)) as feed:
        _CLOCK.advance(timedelta(minutes=6))
        assert _told(await _invite(feed)) == (403, "/problems/forbidden")


async def test_another_issuer_decides_by_itself(platform: Platform) -> None:
    """It has the passwords: what it let in is not asked again here."""
    issuer, keys_url = platform.settings.issuer, platform.settings.auth_jwks_url
    theirs = {"auth_issuer": issuer, "auth_jwks_url": keys_url, "auth_step_up_minutes": 1}
    _CLOCK.set(CLOCK.now() + timedelta(minutes=10))
    token = await platform.operator_token()
    async with beside(platform, _CLOCK, **theirs) as here, here.client(token) as client:
        created = await client.post(
            "/community/feeds", json={"name": "x", "expires_on": "2020-01-01"}
        )
        stepped = await _step_up(client, password=PASSWORD)

    assert created.json()["type"] != "/problems/step-up-needed"
    assert _told(stepped) == (409, "/problems/login-elsewhere")


def test_what_a_session_alone_may_not_do_is_documented_and_for_people() -> None:
    routes = {
        route.name: route.operation for route in all_routes() if route.operation.get("x-step-up")
    }

    assert set(routes) == {
        "PUT /billing/issuers/{issuer_id}/creditor",
        "POST /billing/issuers/{issuer_id}/creditor-change/{change_id}/confirmation",
        "DELETE /billing/issuers/{issuer_id}/creditor-change/{change_id}",
        "PUT /billing/issuers/{issuer_id}/mandates/{mandate_id}",
        "PUT /billing/issuers/{issuer_id}/payouts/{payout_id}",
        "PUT /billing/issuers/{issuer_id}/refunds/{refund_id}",
        "PUT /billing/mandate-requests/{mandate_request_id}",
        "PUT /community/accounts/{email}",
        "DELETE /community/accounts/{email}/authenticator",
        "POST /community/feeds",
        "POST /community/feeds/{feed_id}/secrets",
        "POST /community/invitations",
        "DELETE /community/operations/{operation_id}/organisers/{account_id}",
        "POST /community/me/authenticator",
    }
    for name, operation in routes.items():
        assert "step-up-needed" in str(operation["responses"]["403"]), name
        assert set(operation["x-roles"]) != {Role.FEED}, name

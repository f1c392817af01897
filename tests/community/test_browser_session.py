"""How the page keeps people logged in: by a cookie that no script reads, however many tabs ask."""

import asyncio
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest

from services.community.main import service
from tests.community.coop import PASSWORD, bearer, beside, put_account
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.support.alone import alone
from tests.support.platform import Platform
from tests.support.waiting import until

_PATH = "/community/browser-session"
_RENEWAL = f"{_PATH}/renewal"
_NEW = "another password of the tests"


@pytest.fixture
async def email(operator: httpx.AsyncClient) -> str:
    """Of an account of staff."""
    address = new_address()
    await put_account(operator, address, {"password": PASSWORD, "roles": ["operator"]})
    return address


@pytest.fixture
async def browser(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """It keeps cookies, as an httpx client does."""
    async with platform.client() as client:
        yield client


async def _log_in(browser: httpx.AsyncClient, email: str) -> dict[str, Any]:
    answer = await browser.post(_PATH, json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def _cookie_of(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    """The name of the session's cookie that it sets, and the attributes."""
    cookies = [SimpleCookie(header) for header in answer.headers.get_list("set-cookie")]
    ((name, morsel),) = [
        item for cookie in cookies for item in cookie.items() if not item[0].endswith("-device")
    ]
    return name, {key: str(value) for key, value in morsel.items() if value} | {
        "value": morsel.value
    }


async def test_a_log_in_sets_a_cookie_that_no_script_reads_and_no_other_site_sends(
    browser: httpx.AsyncClient, email: str
) -> None:
    answer = await browser.post(_PATH, json={"email": email, "password": PASSWORD})

    name, attributes = _cookie_of(answer)
    secret = attributes.pop("value")
    assert name == "elocoop"  # over plain HTTP, on this machine
    assert attributes == {
        "max-age": str(30 * 24 * 3600),
        "path": "/",
        "httponly": "True",
        "samesite": "strict",
    }
    assert set(answer.json()) == {"access_token", "expires_in"}
    assert secret not in answer.text


async def test_over_tls_the_cookie_is_of_this_host_alone(database_url: str) -> None:
    async with (
        alone(service, database_url, public_url="https://elocoop.example.org") as service_alone,
        service_alone.platform.client() as anybody,
    ):
        answer = await anybody.delete(_PATH)

    name, attributes = _cookie_of(answer)
    assert (name, attributes["secure"], attributes["path"]) == ("__Host-elocoop", "True", "/")
    assert "domain" not in attributes


async def test_the_cookie_gives_tokens_with_the_rights_of_now(
    browser: httpx.AsyncClient, email: str
) -> None:
    await _log_in(browser, email)

    renewed = (await browser.post(_RENEWAL)).json()

    me = (await browser.get("/community/me", headers=bearer(renewed))).json()
    assert me["roles"] == ["operator"]


async def test_tabs_that_renew_at_once_stay_logged_in_and_so_does_who_lost_an_answer(
    browser: httpx.AsyncClient, email: str
) -> None:
    await _log_in(browser, email)

    lost = await asyncio.gather(*(browser.post(_RENEWAL) for _ in range(20)))
    renewed = await browser.post(_RENEWAL)

    assert {answer.status_code for answer in (*lost, renewed)} == {200}
    listed = await browser.get("/community/me/sessions", headers=bearer(renewed.json()))
    (only,) = listed.json()
    assert only["current"]


async def test_without_a_cookie_nobody_is_logged_in(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(_RENEWAL)

    assert (answer.status_code, answer.content) == (204, b"")


async def test_who_logs_out_is_out_and_the_cookie_is_forgotten(
    platform: Platform, browser: httpx.AsyncClient, email: str
) -> None:
    session = await _log_in(browser, email)
    kept = dict(browser.cookies)

    answer = await browser.delete(_PATH)

    assert answer.status_code == 204
    assert set(browser.cookies) == {"elocoop-device"}
    async with platform.client() as thief:
        thief.cookies.update(kept)
        refused = await thief.post(_RENEWAL)
        assert refused.status_code == 204
        await until(
            "the access token is refused",
            lambda: thief.get("/community/me", headers=bearer(session)),
            lambda answer: answer.status_code == 401,
        )
    assert (await browser.delete(_PATH)).status_code == 204


async def test_a_renewal_in_vain_leaves_a_cookie_that_came_meanwhile(
    platform: Platform,
) -> None:
    """It may have been sent before somebody logged in in another tab, and answered after."""
    async with platform.client() as tab:
        tab.cookies.set("elocoop", "of a session that is over")
        answer = await tab.post(_RENEWAL)

    assert answer.status_code == 204
    assert "set-cookie" not in answer.headers


async def test_who_logs_in_after_somebody_else_ends_their_session(
    platform: Platform, browser: httpx.AsyncClient, email: str
) -> None:
    await _log_in(browser, email)
    before = dict(browser.cookies)

    await _log_in(browser, email)

    async with platform.client() as thief:
        thief.cookies.update(before)
        assert (await thief.post(_RENEWAL)).status_code == 204
    assert (await browser.post(_RENEWAL)).status_code == 200


async def test_a_log_out_is_the_persons_own_in_the_audit_log(
    platform: Platform, browser: httpx.AsyncClient, email: str, operator: httpx.AsyncClient
) -> None:
    await _log_in(browser, email)
    await browser.delete(_PATH)

    (account_id,) = await platform.query(
        "community", "SELECT id FROM account WHERE email = :email", email=email
    )
    listed = await operator.get("/community/audit", params={"entity": "session", "limit": 1000})
    lines = [line for line in listed.json() if line["subject"] == str(account_id["id"])]
    assert {line["route"] for line in lines} == {f"POST {_PATH}", f"DELETE {_PATH}"}
    assert "secret_sha256" in str(lines)
    assert not any(
        (line["after"] or {}).get("secret_sha256") not in {None, "(secret)"} for line in lines
    )


async def test_another_password_ends_it(
    platform: Platform, browser: httpx.AsyncClient, email: str, operator: httpx.AsyncClient
) -> None:
    await _log_in(browser, email)
    async with platform.client() as elsewhere:
        await elsewhere.post("/community/log-in-links", json={"email": email})
        body = {"secret": await read_secret(operator, email), "new_password": _NEW}
        answer = await elsewhere.post(_PATH, json=body)
        assert answer.status_code == 200, answer.text
        assert (await elsewhere.post(_RENEWAL)).status_code == 200

    assert (await browser.post(_RENEWAL)).status_code == 204


async def test_a_session_is_over_after_its_time(
    platform: Platform, browser: httpx.AsyncClient, email: str
) -> None:
    await _log_in(browser, email)

    await platform.change(
        "community",
        """UPDATE session SET began_at = began_at - interval '31 days',
            expires_at = expires_at - interval '31 days'
        WHERE account_id = (SELECT id FROM account WHERE email = :email)""",
        email=email,
    )

    assert (await browser.post(_RENEWAL)).status_code == 204


async def test_a_cookie_is_no_refresh_token_and_a_refresh_token_no_cookie(
    platform: Platform, browser: httpx.AsyncClient, email: str
) -> None:
    await _log_in(browser, email)
    form = {"grant_type": "refresh_token", "refresh_token": browser.cookies["elocoop"]}
    assert (await browser.post("/community/token", data=form)).status_code == 401

    async with platform.client() as program:
        form = {"username": email, "password": PASSWORD}
        tokens = (await program.post("/community/token", data=form)).json()
        program.cookies.set("elocoop", tokens["refresh_token"])
        assert (await program.post(_RENEWAL)).status_code == 204


async def test_where_another_issuer_gives_the_tokens_a_cookie_of_before_is_of_nobody(
    platform: Platform, browser: httpx.AsyncClient, email: str
) -> None:
    await _log_in(browser, email)

    async with (
        beside(platform, auth_issuer="https://login.example.org") as here,
        here.client() as later,
    ):
        later.cookies = browser.cookies
        renewed, ended = await later.post(_RENEWAL), await later.delete(_PATH)

    assert (renewed.status_code, ended.status_code) == (204, 204)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example.org"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://platform.test"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_another_sites_page_neither_renews_nor_logs_in_or_out(
    browser: httpx.AsyncClient, email: str, headers: dict[str, str]
) -> None:
    await _log_in(browser, email)
    body = {"email": email, "password": PASSWORD}

    answers = [
        await browser.post(_RENEWAL, headers=headers),
        await browser.post(_PATH, json=body, headers=headers),
        await browser.delete(_PATH, headers=headers),
    ]

    assert {(answer.status_code, answer.json()["type"]) for answer in answers} == {
        (403, "/problems/foreign-origin")
    }
    assert (await browser.post(_RENEWAL)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://platform.test", "sec-fetch-site": "same-origin"},  # PUBLIC_URL's
        {"origin": "http://127.0.0.1"},  # the one that it was asked under
    ],
)
async def test_the_page_itself_is_no_other_site(
    browser: httpx.AsyncClient, email: str, headers: dict[str, str]
) -> None:
    await _log_in(browser, email)

    assert (await browser.post(_RENEWAL, headers=headers)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "lucie@example.org"},
        {"password": PASSWORD},
        {"secret": "x" * 43, "password": PASSWORD},
        {"secret": "x" * 43, "email": "lucie@example.org", "password": PASSWORD},
        {"email": "lucie@example.org", "password": PASSWORD, "new_password": _NEW},
    ],
)
async def test_half_a_log_in_is_422(browser: httpx.AsyncClient, body: dict[str, str]) -> None:
    answer = await browser.post(_PATH, json=body)

    assert answer.status_code == 422
    assert "an email and a password; or a secret" in answer.text
    assert PASSWORD not in answer.text


async def test_a_wrong_password_is_401_and_sets_nothing(
    browser: httpx.AsyncClient, email: str
) -> None:
    answer = await browser.post(_PATH, json={"email": email, "password": f"{PASSWORD}!"})

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/credentials-refused")
    assert "set-cookie" not in answer.headers

"""People change their own password: with the old one, which cannot be guessed that way."""

import asyncio
import json
from collections import Counter
from typing import Any

import httpx
import pytest

from tests.community.coop import PASSWORD, beside, given_member, list_all, put_account
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.support.platform import Platform

_PATH = "/community/me/password"
_NEW = "another password of the tests"
_BODY = {"password": PASSWORD, "new_password": _NEW}
_WRONG = {**_BODY, "password": "not the password"}


@pytest.fixture
async def email(operator: httpx.AsyncClient) -> str:
    """Of an account that is a member."""
    name = new_address()
    account = {"roles": ["member"], "member_id": await given_member(operator)}
    await put_account(operator, name, {"password": PASSWORD, **account})
    return name


async def _log_in(
    platform: Platform, email: str, password: str = PASSWORD
) -> tuple[int, dict[str, Any]]:
    async with platform.client() as anybody:
        form = {"username": email, "password": password}
        answer = await anybody.post("/community/token", data=form)
        return answer.status_code, answer.json()


async def test_the_new_password_logs_in_and_the_old_one_does_not(
    platform: Platform, email: str
) -> None:
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        answer = await client.put(_PATH, json=_BODY)

    assert answer.status_code == 204, answer.text
    assert (await _log_in(platform, email))[0] == 401
    assert (await _log_in(platform, email, _NEW))[0] == 200


async def test_all_other_sessions_end_and_the_one_that_asks_stays(
    platform: Platform, anonymous: httpx.AsyncClient, email: str
) -> None:
    _, others = await _log_in(platform, email)
    _, own_session = await _log_in(platform, email)
    async with platform.client(own_session["access_token"]) as client:
        before = (await client.get("/community/me/sessions")).json()
        assert (await client.put(_PATH, json=_BODY)).status_code == 204
        after = (await client.get("/community/me/sessions")).json()

    form = {"grant_type": "refresh_token"}
    renewed = [
        await anonymous.post(
            "/community/token", data={**form, "refresh_token": session["refresh_token"]}
        )
        for session in (own_session, others)
    ]
    assert len(before) == 2
    assert [session["current"] for session in after] == [True]
    assert [answer.status_code for answer in renewed] == [200, 401]


async def test_the_accounts_address_is_told_and_no_link_to_log_in_stays_good(
    platform: Platform, operator: httpx.AsyncClient, email: str
) -> None:
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        await client.post("/community/log-in-links", json={"email": email})
        secret = {"secret": await read_secret(operator, email)}
        assert (await client.put(_PATH, json=_BODY)).status_code == 204
        link = await client.post("/community/log-in-links/use", json=secret)

    assert link.status_code == 401
    (notice,) = [
        message
        for message in await list_all(operator, "/messages")
        if message["kind"] == "password_changed"
        and any(recipient["address"] == email for recipient in message["recipients"])
    ]
    assert notice["language"] == "fr"
    assert _NEW not in str(notice)


@pytest.mark.parametrize("way", ["the old one", "a link"])
async def test_l11_no_calendar_feed_outlives_a_new_password(
    platform: Platform,
    operator: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    email: str,
    way: str,
) -> None:
    """Whoever had a session for a minute may have made one."""
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        made = await client.post("/community/me/calendar-feeds", json={"label": "Theirs"})
        path = httpx.URL(made.json()["url"]).path
        before = await anonymous.get(path)
        if way == "the old one":
            changed = await client.put(_PATH, json=_BODY)
        else:
            await client.post("/community/log-in-links", json={"email": email})
            link = {"secret": await read_secret(operator, email), "new_password": _NEW}
            changed = await anonymous.post("/community/log-in-links/use", json=link)
    after = await anonymous.get(path)

    assert changed.is_success, changed.text
    assert (before.status_code, after.status_code) == (200, 404)


async def test_a_wrong_old_password_changes_nothing_and_tells_nobody(
    platform: Platform, operator: httpx.AsyncClient, email: str
) -> None:
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        answer = await client.put(_PATH, json=_WRONG)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/password-wrong")
    assert (await _log_in(platform, email))[0] == 200
    assert email not in str(await list_all(operator, "/messages"))


async def test_a_stolen_session_is_no_way_to_try_passwords(platform: Platform, email: str) -> None:
    async with (
        beside(platform, auth_failures_per_account=5) as strict,
        strict.client(await strict.token(email, PASSWORD)) as client,
    ):
        tries = await asyncio.gather(*(client.put(_PATH, json=_WRONG) for _ in range(20)))
        right = await client.put(_PATH, json=_BODY)
        log_in, _ = await _log_in(strict, email)

    assert Counter(answer.status_code for answer in tries) == {409: 5, 429: 15}
    assert (right.status_code, right.json()["type"]) == (429, "/problems/log-in-paused")
    assert int(right.headers["retry-after"]) > 0
    assert log_in == 429


async def test_the_right_one_forgets_the_failures_before(platform: Platform, email: str) -> None:
    async with (
        beside(platform, auth_failures_per_account=3) as strict,
        strict.client(await strict.token(email, PASSWORD)) as client,
    ):
        for old, new in ((PASSWORD, _NEW), (_NEW, PASSWORD)):
            wrong = [await client.put(_PATH, json=_WRONG) for _ in range(2)]
            right = await client.put(_PATH, json={"password": old, "new_password": new})
            assert [answer.status_code for answer in wrong] == [409, 409]
            assert right.status_code == 204, right.text


async def test_of_two_changes_at_once_from_two_sessions_one_is_taken(
    platform: Platform, email: str
) -> None:
    tokens = [await platform.token(email, PASSWORD) for _ in range(2)]

    async def change(token: str, new_password: str) -> int:
        async with platform.client(token) as client:
            body = {"password": PASSWORD, "new_password": new_password}
            return (await client.put(_PATH, json=body)).status_code

    passwords = [f"{_NEW} {number}" for number in range(2)]
    statuses = await asyncio.gather(*map(change, tokens, passwords))

    assert statuses.count(204) == 1
    assert [(await _log_in(platform, email, password))[0] == 200 for password in passwords] == [
        status == 204 for status in statuses
    ]


async def test_a_change_leaves_a_line_that_tells_no_password(
    platform: Platform, operator: httpx.AsyncClient, email: str
) -> None:
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        answer = await client.put(_PATH, json=_BODY)

    query = {"request_id": answer.headers["x-request-id"], "entity": "account"}
    (line,) = (await operator.get("/community/audit", params=query)).json()
    assert line["route"] == f"PUT {_PATH}"
    assert line["after"]["password_hash"] == "(secret)"


@pytest.mark.parametrize("new_password", ["too short", "x" * 201, "half of one \ud800"])
async def test_a_new_password_is_one_that_an_account_may_have(
    platform: Platform, email: str, new_password: str
) -> None:
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        content = json.dumps({**_BODY, "new_password": new_password})
        headers = {"content-type": "application/json"}
        answer = await client.put(_PATH, content=content, headers=headers)

    assert answer.status_code == 422


async def test_there_is_none_to_change_where_another_issuer_logs_people_in(
    platform: Platform, email: str
) -> None:
    token = await platform.token(email, PASSWORD)
    issuer, keys_url = platform.settings.issuer, platform.settings.auth_jwks_url
    theirs = beside(platform, auth_issuer=issuer, auth_jwks_url=keys_url)
    async with theirs as elsewhere, elsewhere.client(token) as client:
        answer = await client.put(_PATH, json=_BODY)

    assert answer.json()["type"] == "/problems/login-elsewhere"


async def test_whose_rights_staff_change_keeps_their_password_and_no_session(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient, email: str
) -> None:
    _, tokens = await _log_in(platform, email)

    changed = await put_account(operator, email, {"roles": ["feed"]})
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    renewed = await anonymous.post("/community/token", data=form)
    again, _ = await _log_in(platform, email)
    await put_account(operator, email, {"roles": ["feed"], "disabled": True})
    disabled, _ = await _log_in(platform, email)

    assert (changed["roles"], changed["member_id"]) == (["feed"], None)
    assert (renewed.status_code, again, disabled) == (401, 200, 401)


async def test_nobody_knows_the_password_of_an_account_that_was_given_none(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    email = new_address()

    await put_account(operator, email, {"roles": ["feed"]})

    guesses = [(await _log_in(platform, email, guess))[0] for guess in ("none", "None", email)]
    assert guesses == [401, 401, 401]
    await anonymous.post("/community/log-in-links", json={"email": email})
    secret = {"secret": await read_secret(operator, email)}
    assert (await anonymous.post("/community/log-in-links/use", json=secret)).status_code == 200


async def test_a_password_that_is_easily_guessed_is_refused_wherever_one_chooses_it(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient, email: str
) -> None:
    """L3 of the security review; what is refused spends neither the link nor the invitation."""
    easy, invited = "motdepasse2026", new_address()
    await anonymous.post("/community/log-in-links", json={"email": email})
    link = {"secret": await read_secret(operator, email)}
    await operator.post("/community/invitations", json={"email": invited, "role": "operator"})
    invitation = {"secret": await read_secret(operator, invited)}
    acceptance = "/community/invitations/acceptance"
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        refused = [
            await client.put(_PATH, json={"password": PASSWORD, "new_password": easy}),
            await client.put(_PATH, json={"password": PASSWORD, "new_password": email}),
            await anonymous.post("/community/log-in-links/use", json=link | {"new_password": easy}),
            await anonymous.post("/community/browser-session", json=link | {"new_password": easy}),
            await anonymous.post(acceptance, json=invitation | {"password": easy}),
            await anonymous.post(acceptance, json=invitation | {"password": invited}),
        ]

    assert {(answer.status_code, answer.json()["type"]) for answer in refused} == {
        (409, "/problems/password-easy")
    }
    accepted = await anonymous.post(acceptance, json=invitation | {"password": _NEW})
    used = await anonymous.post("/community/log-in-links/use", json=link | {"new_password": _NEW})
    assert (accepted.status_code, used.status_code) == (200, 200)

"""Who tries passwords has to wait; who is logged in does not notice."""

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from libs.common.encryption.secret_keys import SecretKeys, new_secret_key
from services.community.commands.accounts.known_devices import (
    KNOWN_FOR,
    find_known_device,
    make_device_cookie,
)
from services.community.commands.privacy.purging import purge_log_in_failures
from services.community.domain.accounts.log_ins import FORGOTTEN_AFTER, Failures
from services.community.domain.addresses import network_of
from tests.community.coop import PASSWORD, beside, given_operation, put_account
from tests.community.letterbox import read_secret
from tests.support.clock import CLOCK
from tests.support.platform import Platform

_NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
_WRONG = "a wrong password"


@pytest.fixture(scope="module")
async def strict(platform: Platform) -> AsyncIterator[Platform]:
    """The service once more, with the limit of an account that it has by default."""
    async with beside(platform, auth_failures_per_account=5) as here:
        yield here


@pytest.fixture
async def client(strict: Platform) -> AsyncIterator[httpx.AsyncClient]:
    async with strict.client() as client:
        yield client


@pytest.fixture
async def email(operator: httpx.AsyncClient) -> str:
    name = f"tried-{secrets.token_hex(4)}@example.org"
    await put_account(operator, name, {"password": PASSWORD, "roles": ["feed"]})
    return name


async def _log_in(
    client: httpx.AsyncClient, email: str, password: str = _WRONG, **headers: str
) -> httpx.Response:
    form = {"username": email, "password": password}
    return await client.post("/community/token", data=form, headers=headers, timeout=120)


async def test_of_fifty_wrong_log_ins_at_once_five_are_checked(
    client: httpx.AsyncClient, email: str
) -> None:
    answers = await asyncio.gather(*(_log_in(client, email) for _ in range(50)))

    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(401), statuses.count(429)) == (5, 45)


async def test_after_five_failures_the_right_password_has_to_wait_too(
    client: httpx.AsyncClient, email: str
) -> None:
    for _ in range(5):
        assert (await _log_in(client, email)).status_code == 401

    refused = await _log_in(client, email, PASSWORD)

    assert refused.status_code == 429
    assert refused.json()["type"] == "/problems/log-in-paused"
    assert 0 < refused.json()["retry_after_s"] <= 30
    assert refused.headers["retry-after"] == str(refused.json()["retry_after_s"])


async def test_an_account_that_does_not_exist_is_paused_just_as_well(
    client: httpx.AsyncClient, email: str
) -> None:
    nobody = f"nobody-{secrets.token_hex(4)}@example.org"

    theirs = [await _log_in(client, email) for _ in range(6)]
    nobodys = [await _log_in(client, nobody) for _ in range(6)]

    assert [answer.status_code for answer in theirs] == [401] * 5 + [429]
    assert [answer.status_code for answer in nobodys] == [401] * 5 + [429]
    assert theirs[0].text == nobodys[0].text
    assert theirs[5].json().keys() == nobodys[5].json().keys()


async def test_many_who_are_right_at_once_do_not_wait_for_each_other(
    anonymous: httpx.AsyncClient, email: str
) -> None:
    answers = await asyncio.gather(*(_log_in(anonymous, email, PASSWORD) for _ in range(12)))

    assert {answer.status_code for answer in answers} == {200}


async def test_the_right_password_forgets_the_failures_before(
    client: httpx.AsyncClient, email: str
) -> None:
    for _ in range(3):
        for _ in range(4):
            assert (await _log_in(client, email)).status_code == 401
        assert (await _log_in(client, email, PASSWORD)).status_code == 200


async def test_whoever_is_logged_in_stays_so(client: httpx.AsyncClient, email: str) -> None:
    tokens = (await _log_in(client, email, PASSWORD)).json()
    for _ in range(6):
        await _log_in(client, email)

    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    renewed = await client.post("/community/token", data=form)

    assert renewed.status_code == 200
    assert (await _log_in(client, email, PASSWORD)).status_code == 429


async def test_staff_see_who_is_paused_and_let_them_try_again(
    client: httpx.AsyncClient, operator: httpx.AsyncClient, email: str
) -> None:
    for _ in range(6):
        await _log_in(client, email)
    paused = (await operator.get("/community/log-in-pauses")).json()

    ended = await operator.delete(f"/community/log-in-pauses/{email}")
    again = await operator.delete(f"/community/log-in-pauses/{email}")

    assert [pause["failures"] for pause in paused if pause["email"] == email] == [5]
    assert (ended.status_code, again.status_code) == (204, 404)
    assert (await _log_in(client, email, PASSWORD)).status_code == 200
    query = {"request_id": ended.headers["x-request-id"]}
    (line,) = (await operator.get("/community/audit", params=query)).json()
    assert (line["action"], line["before"]["count"]) == ("delete", 5)


async def test_an_address_has_a_limit_of_its_own_whatever_account_it_tries(
    platform: Platform, email: str
) -> None:
    async with beside(platform, auth_failures_per_address=3) as here, here.client() as client:
        form = {"x-forwarded-for": "2001:db8:0:1::1"}  # as the gateway tells it
        for _ in range(3):
            name = f"nobody-{secrets.token_hex(4)}@example.org"
            assert (await _log_in(client, name, **form)).status_code == 401
        same_home = await _log_in(client, email, PASSWORD, **{"x-forwarded-for": "2001:db8:0:1::2"})
        elsewhere = await _log_in(client, email, PASSWORD, **{"x-forwarded-for": "2001:db8:0:2::1"})

        wrong = await _log_in(client, email, **{"x-forwarded-for": "2001:db8:0:1::2"})
    # M7: whoever shares the address and knows their password does not wait.
    assert (wrong.status_code, wrong.json()["type"]) == (429, "/problems/log-in-paused")
    assert (same_home.status_code, elsewhere.status_code) == (200, 200)


async def test_after_ten_times_as_many_failures_all_of_an_address_wait(
    platform: Platform, email: str
) -> None:
    form = {"x-forwarded-for": "198.51.100.9"}
    async with beside(platform, auth_failures_per_address=1) as here, here.client() as client:
        names = [f"nobody-{secrets.token_hex(4)}@example.org" for _ in range(10)]
        statuses = [(await _log_in(client, name, **form)).status_code for name in names]
        right = await _log_in(client, email, PASSWORD, **form)

    assert statuses == [401] + [429] * 9
    assert right.status_code == 429


_PAGE = "/community/browser-session"


async def test_nobody_keeps_a_device_out_that_has_logged_in_before(
    strict: Platform, operator: httpx.AsyncClient, email: str
) -> None:
    """M7 of the security review: who knows an address has its owner wait for ever."""
    right, wrong = ({"email": email, "password": password} for password in (PASSWORD, _WRONG))
    neighbour = f"tried-{secrets.token_hex(4)}@example.org"
    await put_account(operator, neighbour, {"password": PASSWORD, "roles": ["feed"]})
    theirs = {"email": neighbour, "password": PASSWORD}
    async with strict.client() as own_browser, strict.client() as other, strict.client() as fresh:
        for browser, body in ((own_browser, right), (other, theirs)):
            assert (await browser.post(_PAGE, json=body)).status_code == 200
        for _ in range(6):
            await _log_in(fresh, email)
        paused = [
            (await caller.post(_PAGE, json=right)).status_code
            for caller in (other, fresh, own_browser)
        ]
        # But it may not try for ever either.
        tries = [(await own_browser.post(_PAGE, json=wrong)).status_code for _ in range(6)]
        after = (await own_browser.post(_PAGE, json=right)).status_code

    assert paused == [429, 429, 200]
    assert tries == [401] * 5 + [429]
    assert after == 429


async def test_a_cookie_of_a_device_is_good_for_its_account_and_half_a_year(
    platform: Platform,
) -> None:
    keys = platform.settings.account_keys
    assert keys is not None
    account_id, now = uuid4(), CLOCK.now()
    cookie = make_device_cookie(account_id, now=now, keys=keys)
    other = SecretKeys.read(new_secret_key())
    late = now + KNOWN_FOR + timedelta(minutes=1)

    assert find_known_device(cookie, account_id, now=now, keys=keys)
    for forged in (
        find_known_device(cookie, uuid4(), now=now, keys=keys),
        find_known_device(cookie, account_id, now=late, keys=keys),
        find_known_device(cookie, account_id, now=now, keys=other),
        find_known_device(keys.lock(b"another secret").decode(), account_id, now=now, keys=keys),
        find_known_device("forged é", account_id, now=now, keys=keys),
    ):
        assert forged is None


async def test_having_an_account_does_not_help_to_try_others(
    platform: Platform, email: str
) -> None:
    form = {"x-forwarded-for": "198.51.100.7"}
    async with beside(platform, auth_failures_per_address=3) as here, here.client() as client:
        statuses = []
        for _ in range(4):
            name = f"nobody-{secrets.token_hex(4)}@example.org"
            statuses.append((await _log_in(client, name, **form)).status_code)
            statuses.append((await _log_in(client, email, PASSWORD, **form)).status_code)

    assert statuses == [401, 200, 401, 200, 401, 200, 429, 200]


async def test_neither_addresses_nor_e_mails_are_kept_in_clear_and_old_ones_not_at_all(
    platform: Platform, client: httpx.AsyncClient
) -> None:
    nobody = f"nobody-{secrets.token_hex(4)}@example.org"
    await _log_in(client, nobody, **{"x-forwarded-for": "203.0.113.9"})

    async with platform.database("community") as database:
        async with database.transaction() as session:
            kept = str((await session.scalars(text("SELECT f::text FROM log_in_failure f"))).all())
            await session.execute(text("INSERT INTO address_key (day) VALUES ('2026-01-01')"))
            long_ago = {"at": CLOCK.now() - FORGOTTEN_AFTER - timedelta(minutes=1)}
            await session.execute(
                text("INSERT INTO log_in_failure VALUES ('old', 9, :at, :at)"), long_ago
            )
        await purge_log_in_failures(database)
        async with database.transaction() as session:
            left = text("SELECT count(*) FROM log_in_failure WHERE key = 'old'")
            assert await session.scalar(left) == 0
            left = text("SELECT count(*) FROM address_key WHERE day = '2026-01-01'")
            assert await session.scalar(left) == 0

    assert "account " in kept
    assert nobody not in kept
    # L13: nor can they be found by a list of addresses.
    assert hashlib.sha256(nobody.encode()).hexdigest() not in kept
    assert "203.0.113" not in kept


def test_an_address_of_ipv6_stands_for_its_home() -> None:
    assert network_of("2001:db8:0:1:aaaa::1") == "2001:db8:0:1::/64"
    assert network_of("2001:db8:0:1::2") == "2001:db8:0:1::/64"
    assert network_of("198.51.100.7") == "198.51.100.7"
    assert network_of("testclient") == "testclient"


@given(st.integers(0, 1_000_000), st.integers(1, 1000))
def test_each_failure_makes_the_pause_longer_up_to_a_quarter_of_an_hour(
    count: int, allowed: int
) -> None:
    failures = Failures(count, _NOW, _NOW)
    more_failures = failures.with_attempt(_NOW, allowed=allowed)
    two = more_failures.with_attempt(_NOW, allowed=allowed)

    assert more_failures.paused_until <= two.paused_until <= _NOW + timedelta(minutes=15)
    assert (more_failures.paused_until > _NOW) == (count + 1 >= allowed)


def test_who_waited_for_a_lock_takes_no_others_time_for_a_pause() -> None:
    failures = Failures(3, _NOW, _NOW)

    for later in (failures.with_attempt(_NOW, allowed=50), failures.without_attempt()):
        assert later.paused_until < _NOW - timedelta(days=1)


def test_failures_of_yesterday_are_forgotten() -> None:
    failures = Failures(100, _NOW, _NOW)

    assert failures.with_attempt(_NOW + FORGOTTEN_AFTER, allowed=5).count == 1


async def test_an_invitation_is_no_way_to_try_passwords(
    client: httpx.AsyncClient, operator: httpx.AsyncClient, email: str
) -> None:
    operation_id = await given_operation(operator)
    offer = {"email": email, "role": "organiser", "operation_ids": [operation_id]}
    sent = await operator.post("/community/invitations", json=offer)
    assert sent.status_code == 201, sent.text
    secret = await read_secret(operator, email)

    async def accept(password: str) -> httpx.Response:
        body = {"secret": secret, "password": password}
        return await client.post("/community/invitations/acceptance", json=body, timeout=120)

    wrong = await asyncio.gather(*(accept(_WRONG) for _ in range(20)))
    right = await accept(PASSWORD)
    log_in = await _log_in(client, email, PASSWORD)

    statuses = [answer.status_code for answer in wrong]
    assert (statuses.count(401), statuses.count(429)) == (5, 15)
    assert (right.status_code, right.json()["type"]) == (429, "/problems/log-in-paused")
    assert int(right.headers["retry-after"]) > 0
    assert log_in.status_code == 429
    await operator.delete(f"/community/log-in-pauses/{email}")
    assert (await accept(PASSWORD)).status_code == 200

"""Authenticator apps: set up, needed at each log-in, guessed at, lost and removed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.community.coop import PASSWORD, beside, put_account
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.community.phone import Phone, StoppedClock
from tests.support.clock import CLOCK
from tests.support.platform import Platform

_CLOCK = StoppedClock()


@pytest.fixture(scope="module")
async def stopped(platform: Platform) -> AsyncIterator[Platform]:
    async with beside(platform, _CLOCK) as here:
        yield here


@pytest.fixture
def codes(stopped: Platform) -> Platform:
    """The service by a clock that stands still, now."""
    _CLOCK.set(CLOCK.now())
    return stopped


async def _given_account(operator: httpx.AsyncClient) -> str:
    email = new_address()
    await put_account(operator, email, {"password": PASSWORD, "roles": ["operator"]})
    return email


async def _log_in(platform: Platform, email: str, code: str | None = None) -> httpx.Response:
    form = {"username": email, "password": PASSWORD} | ({"code": code} if code else {})
    async with platform.client() as anybody:
        return await anybody.post("/community/token", data=form)


async def _set_up(client: httpx.AsyncClient) -> tuple[Phone, list[str]]:
    """Returns the phone, of whose codes the one of before now was used, and recovery codes."""
    started = await client.post("/community/me/authenticator")
    assert started.status_code == 201, started.text
    phone = Phone(started.json()["secret"], _CLOCK)
    path = "/community/me/authenticator/confirmation"
    confirmed = await client.post(path, json={"code": phone.code(later=-1)})
    assert confirmed.status_code == 200, confirmed.text
    return phone, confirmed.json()["recovery_codes"]


async def _given_protected(
    platform: Platform, operator: httpx.AsyncClient
) -> tuple[str, Phone, list[str]]:
    email = await _given_account(operator)
    async with platform.client(await platform.token(email, PASSWORD)) as client:
        phone, codes = await _set_up(client)
    return email, phone, codes


def _type(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json().get("type")


async def test_a_log_in_needs_the_code_once_it_is_confirmed_and_not_before(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)
    async with codes.client(await codes.token(email, PASSWORD)) as client:
        await client.post("/community/me/authenticator")
        before = await _log_in(codes, email)
        phone, _ = await _set_up(client)

    without = await _log_in(codes, email)
    wrong = await _log_in(codes, email, phone.wrong)
    right = await _log_in(codes, email, phone.code())

    assert (before.status_code, right.status_code) == (200, 200)
    assert _type(without) == (401, "/problems/code-wanted")
    assert _type(wrong) == (401, "/problems/code-refused")


async def test_who_does_not_know_the_password_learns_nothing_of_codes(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email, phone, _ = await _given_protected(codes, operator)

    async with codes.client() as anybody:
        form = {"username": email, "password": "not the password", "code": phone.code()}
        answer = await anybody.post("/community/token", data=form)

    assert _type(answer) == (401, "/problems/credentials-refused")


async def test_a_code_is_good_once_however_many_come_with_it_at_once(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email, phone, _ = await _given_protected(codes, operator)
    code = phone.code()

    answers = await asyncio.gather(*(_log_in(codes, email, code) for _ in range(4)))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 3}


async def test_after_five_wrong_codes_even_the_right_one_waits(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email, phone, recovery = await _given_protected(codes, operator)

    answers = [await _log_in(codes, email, phone.wrong) for _ in range(6)]
    right = await _log_in(codes, email, phone.code())
    recovering = await _log_in(codes, email, recovery[0])
    _CLOCK.advance(timedelta(minutes=15))
    after = await _log_in(codes, email, phone.code())

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert _type(right) == _type(recovering) == (429, "/problems/codes-paused")
    assert after.status_code == 200


async def test_a_recovery_code_is_good_once_in_the_place_of_a_code(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email, _, recovery = await _given_protected(codes, operator)

    first = await _log_in(codes, email, recovery[0].lower())
    again = await _log_in(codes, email, recovery[0])
    other = await _log_in(codes, email, recovery[1])

    assert (first.status_code, again.status_code, other.status_code) == (200, 401, 200)
    assert len(set(recovery)) == 10
    async with codes.database("community") as database, database.transaction() as session:
        kept = await session.scalar(text("SELECT string_agg(t::text, ' ') FROM recovery_code AS t"))
    assert not any(code in str(kept) for code in recovery)


async def test_a_link_needs_the_code_too_and_stays_good_until_it_fits(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email, phone, _ = await _given_protected(codes, operator)
    async with codes.client() as anybody:
        await anybody.post("/community/log-in-links", json={"email": email})
        secret = await read_secret(operator, email)
        path = "/community/log-in-links/use"
        body = {"secret": secret, "new_password": "another password of the tests"}
        without = await anybody.post(path, json=body)
        wrong = await anybody.post(path, json={**body, "code": phone.wrong})
        kept = await _log_in(codes, email, phone.code())
        right = await anybody.post(path, json={"secret": secret, "code": phone.code(later=1)})

    assert _type(without) == (401, "/problems/code-wanted")
    assert _type(wrong) == (401, "/problems/code-refused")
    assert (kept.status_code, right.status_code) == (200, 200)


async def test_it_is_removed_with_a_code_and_not_by_a_session_alone(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)
    async with codes.client(await codes.token(email, PASSWORD)) as client:
        unset = await client.post("/community/me/authenticator/removal", json={"code": "123456"})
        phone, _ = await _set_up(client)
        second = await client.post("/community/me/authenticator")
        path = "/community/me/authenticator/removal"
        wrong = await client.post(path, json={"code": phone.wrong})
        right = await client.post(path, json={"code": phone.code()})

    assert _type(unset) == (409, "/problems/codes-unset")
    assert _type(second) == (409, "/problems/codes-in-use")
    assert _type(wrong) == (409, "/problems/code-wrong")
    assert right.status_code == 204
    assert (await _log_in(codes, email)).status_code == 200


async def test_guesses_at_the_removal_are_counted_too_however_many_come_at_once(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)
    async with codes.client(await codes.token(email, PASSWORD)) as client:
        phone, _ = await _set_up(client)
        path = "/community/me/authenticator/removal"
        guess = (client.post(path, json={"code": phone.wrong}) for _ in range(8))
        answers = await asyncio.gather(*guess)

    assert Counter(answer.status_code for answer in answers) == {409: 5, 429: 3}


async def test_staff_remove_it_for_who_has_lost_it(
    codes: Platform, operator: httpx.AsyncClient
) -> None:
    email, _, _ = await _given_protected(codes, operator)

    done = await operator.delete(f"/community/accounts/{email}/authenticator")
    again = await operator.delete(f"/community/accounts/{email}/authenticator")

    assert (done.status_code, again.status_code) == (204, 409)
    assert (await _log_in(codes, email)).status_code == 200


@pytest.mark.parametrize("code", ["12345", "1" * 41, "１２３４５６", "12345\x00"])
async def test_what_cannot_be_a_code_is_malformed(
    codes: Platform, operator: httpx.AsyncClient, code: str
) -> None:
    email = await _given_account(operator)

    assert (await _log_in(codes, email, code)).status_code == 422
    body = {"code": code}
    answer = await operator.post("/community/me/authenticator/confirmation", json=body)
    assert answer.status_code == 422

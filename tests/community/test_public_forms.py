"""Nobody closes the public forms to everybody else (M6)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from uuid import uuid4

import httpx
import pytest

from services.community.domain.addresses import site_of
from tests.community.coop import beside, given_operation, list_all, put_account
from tests.community.door import FORM, Door
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.community.phone import StoppedClock
from tests.community.test_requests import request_body
from tests.support.clock import CLOCK
from tests.support.platform import Platform

_CLOCK = StoppedClock()


@pytest.fixture
async def few(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """Each form takes three in an hour, from everybody; of one address as many as come."""
    # An hour that no other test has, and in which letters are due by the platform's own clock.
    _CLOCK.set(CLOCK.now().replace(minute=10) - timedelta(hours=2 * next(_HOURS)))
    async with beside(platform, _CLOCK, requests_an_hour=3) as here, here.client() as client:
        yield client


_HOURS = count(1)


@pytest.fixture
async def door(operator: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> Door:
    return Door(anonymous, operator, operator, await given_operation(operator))


async def _send(client: httpx.AsyncClient) -> httpx.Response:
    return await client.post("/community/requests", json=request_body())


async def test_a_form_that_is_full_is_open_again_in_the_next_hour_and_staff_hear_of_it(
    few: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    staff = new_address()
    await put_account(operator, staff, {"roles": ["operator"]})

    answers = [await _send(few) for _ in range(5)]
    _CLOCK.advance(timedelta(minutes=50))
    later = await _send(few)

    assert [answer.status_code for answer in (*answers, later)] == [201, 201, 201, 429, 429, 201]
    assert answers[-1].json()["type"] == "/problems/form-full"
    assert answers[-1].json()["retry_after_s"] == pytest.approx(50 * 60, abs=60)
    kinds = [
        message["kind"]
        for message in await list_all(operator, "/messages")
        if any(to["address"] == staff for to in message["recipients"])
    ]
    assert kinds == ["form_full"]


async def test_one_form_that_is_full_leaves_the_other_open(
    few: httpx.AsyncClient, door: Door
) -> None:
    requests = [(await _send(few)).status_code for _ in range(4)]
    sign_up = await few.post(FORM, json=door.body())

    assert (requests, sign_up.status_code) == ([201, 201, 201, 429], 202)


async def test_a_sign_up_that_is_confirmed_leaves_its_place_to_others(
    few: httpx.AsyncClient, door: Door
) -> None:
    # The only one of an hour leaves no count at all.
    alone = new_address()
    assert (await few.post(FORM, json=door.body(email=alone))).status_code == 202
    first = {"secret": await read_secret(door.operator, alone)}
    assert (await few.post(f"{FORM}/confirmation", json=first)).status_code == 200
    for _ in range(3):
        assert (await few.post(FORM, json=door.body())).status_code == 202
    full = await few.post(FORM, json=door.body())
    secret = {"secret": await read_secret(door.operator, door.email, number=3)}
    confirmed = await few.post(f"{FORM}/confirmation", json=secret)

    assert (full.status_code, confirmed.status_code) == (429, 200)
    assert (await few.post(FORM, json=door.body(email=new_address()))).status_code == 202


async def test_who_has_a_site_of_ipv6_is_one_sender(platform: Platform) -> None:
    """65,536 networks of which each may send a few would fill any budget."""
    site = f"2001:db8:{uuid4().hex[:4]}"
    async with (
        beside(platform, requests_a_day_of_address=1) as here,
        here.client() as client,
    ):
        answers = [
            await client.post(
                "/community/requests",
                json=request_body(),
                headers={"x-forwarded-for": f"{site}:{number:x}::1"},
            )
            for number in range(6)
        ]

    assert [answer.status_code for answer in answers] == [201] * 4 + [429] * 2
    assert answers[-1].json()["type"] == "/problems/too-many-requests-today"


def test_a_site_is_the_first_48_bits_and_of_ipv4_there_is_none() -> None:
    assert site_of("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert site_of("198.51.100.7") is None
    assert site_of("testclient") is None

"""Many log-ins at once, by whoever cares to send them."""

import asyncio

import httpx
import pytest
from sqlalchemy import text

from services.community import credentials
from services.community.credentials import CHECKS_AT_ONCE, check_password, hash_password
from services.community.domain.problems import TooManyLogIns
from tests.community.coop import PASSWORD, put_account
from tests.support.databases import migrated_database
from tests.support.platform import one_process
from tests.support.waiting import until


@pytest.mark.usefixtures("dear_passwords")
async def test_a_flood_of_log_ins_stops_nobody_else(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    email = "flooded@example.org"
    await put_account(operator, email, {"password": PASSWORD, "roles": ["feed"]})

    async def log_in(password: str) -> httpx.Response:
        form = {"username": email, "password": password}
        return await anonymous.post("/community/token", data=form, timeout=60)

    async def meanwhile() -> list[int]:
        return [(await operator.get("/community/organisers")).status_code for _ in range(10)]

    others, answers = await asyncio.gather(
        meanwhile(), asyncio.gather(*(log_in("a wrong password") for _ in range(60)))
    )

    assert set(others) == {200}
    # How many are refused at once is up to the machine: a slow one sends them one by one.
    assert {answer.status_code for answer in answers} <= {401, 429, 503}
    assert (await log_in(PASSWORD)).status_code == 200


async def test_log_ins_that_wait_for_each_other_leave_connections_to_everybody_else(
    database_url: str,
) -> None:
    """Each failure is counted under a lock: here none is, until the others were answered."""
    form = {"username": "late@example.org", "password": PASSWORD}
    count_waiting = """
        SELECT count(*) AS waiting FROM pg_locks
        WHERE relation = 'log_in_failure'::regclass AND NOT granted
    """

    async with (
        migrated_database(database_url) as url,
        one_process(database_url=url) as platform,
        platform.client() as client,
        platform.database("community") as database,
        asyncio.TaskGroup() as log_ins,
        database.transaction() as session,
    ):
        await session.execute(text("LOCK TABLE log_in_failure"))
        flood = [log_ins.create_task(client.post("/community/token", data=form)) for _ in range(40)]

        async def log_ins_waiting() -> int:
            waiting: int = (await platform.query("community", count_waiting))[0]["waiting"]
            return waiting

        await until("some log-ins wait", log_ins_waiting)
        keys = await client.get("/community/jwks.json")

    assert keys.status_code == 200
    assert {log_in.result().status_code for log_in in flood} <= {401, 429}


async def test_only_so_many_passwords_are_checked_at_once() -> None:
    crowd = (check_password("a wrong password", None) for _ in range(CHECKS_AT_ONCE + 10))

    answers = await asyncio.gather(*crowd, return_exceptions=True)

    assert answers[:CHECKS_AT_ONCE] == [False] * CHECKS_AT_ONCE
    assert [type(answer) for answer in answers[CHECKS_AT_ONCE:]] == [TooManyLogIns] * 10
    assert await check_password("a wrong password", None) is False


async def test_who_comes_while_others_wait_is_told_when_to_come_again(database_url: str) -> None:
    form = {"username": "late@example.org", "password": PASSWORD}

    async with migrated_database(database_url) as url, one_process(database_url=url) as platform:
        crowd = [asyncio.create_task(_ask_again_and_again()) for _ in range(CHECKS_AT_ONCE)]
        async with platform.client() as client:
            refusal = await client.post("/community/token", data=form)
        for task in crowd:
            task.cancel()

    assert refusal.status_code == 429
    assert refusal.json()["type"] == "/problems/too-many-log-ins"
    assert refusal.headers["content-type"] == "application/problem+json"
    assert int(refusal.headers["retry-after"]) > 0


async def _ask_again_and_again() -> None:
    """Whoever is answered asks again before anybody else can."""
    while True:
        await check_password("a wrong password", None)


@pytest.mark.usefixtures("dear_passwords")
async def test_a_password_is_hashed_as_dearly_as_that_of_nobody_is_checked() -> None:
    """By what RFC 9106 recommends where 64 MiB are to spare: time does not tell who there is."""
    parameters = "$argon2id$v=19$m=65536,t=3,p=4$"

    assert (await hash_password(PASSWORD)).startswith(parameters)
    assert credentials._NOBODY.startswith(parameters)

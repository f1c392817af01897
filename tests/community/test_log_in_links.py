"""Links that log in: to whom, for how long, how often, and what strangers learn."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import httpx
from sqlalchemy import text

from libs.common.database import Database
from services.community.commands.accounts.magic_links import send_log_in_link
from tests.community.coop import PASSWORD, beside, given_member, list_all, put_account
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.support.platform import Platform

_NEW = "another password of the tests"


async def _given_account(operator: httpx.AsyncClient, **changes: object) -> str:
    email = new_address()
    body = {"password": PASSWORD, "roles": ["operator"]}
    await put_account(operator, email, body | changes)
    return email


async def _ask(platform: Platform, email: str) -> httpx.Response:
    async with platform.client() as anybody:
        return await anybody.post("/community/log-in-links", json={"email": email})


async def _use(platform: Platform, secret: str, **more: str) -> httpx.Response:
    async with platform.client() as anybody:
        body = {"secret": secret, **more}
        return await anybody.post("/community/log-in-links/use", json=body)


async def _links(database: Database, email: str) -> int:
    query = "SELECT count(*) FROM log_in_link JOIN account ON id = account_id WHERE email = :email"
    async with database.transaction() as session:
        return await session.scalar(text(query), {"email": email}) or 0


async def test_a_link_logs_in_as_the_account_with_its_rights(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    email = await _given_account(operator, roles=["member"], member_id=member_id)

    asked = await _ask(platform, email.upper())
    answer = await _use(platform, await read_secret(operator, email))
    async with platform.client(answer.json()["access_token"]) as client:
        me = (await client.get("/community/me")).json()

    assert asked.status_code == 202
    assert (me["roles"], me["member_id"]) == (["member"], member_id)
    assert answer.json()["refresh_token"]


async def test_who_forgot_a_password_sets_another_one_by_a_link(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)
    form = {"grant_type": "password", "username": email}
    before = await anonymous.post("/community/token", data={**form, "password": PASSWORD})
    await _ask(platform, email)
    secret = await read_secret(operator, email)

    answer = await _use(platform, secret, new_password=_NEW)

    old, new, session = [
        await anonymous.post("/community/token", data=credentials)
        for credentials in (
            {**form, "password": PASSWORD},
            {**form, "password": _NEW},
            {"grant_type": "refresh_token", "refresh_token": before.json()["refresh_token"]},
        )
    ]
    assert [reply.status_code for reply in (answer, old, new, session)] == [200, 401, 200, 401]
    async with platform.client(answer.json()["access_token"]) as client:
        assert (await client.get("/community/me")).status_code == 200
    query = {"request_id": answer.headers["x-request-id"], "entity": "account"}
    (line,) = (await operator.get("/community/audit", params=query)).json()
    assert (line["route"], line["subject"]) == (
        "POST /community/log-in-links/use",
        line["entity_id"],
    )
    assert line["after"] == {"password_hash": "(secret)"}
    # Staff get letters about what other tests do, too.
    kinds = [
        message["kind"]
        for message in await list_all(operator, "/messages")
        if message["kind"] in {"log_in_link", "password_changed"}
        and any(recipient["address"] == email for recipient in message["recipients"])
    ]
    assert kinds == ["password_changed", "log_in_link"]


async def test_who_tried_in_vain_before_is_no_longer_paused(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)
    async with beside(platform, auth_failures_per_account=1) as strict, strict.client() as anybody:
        tries = [{"username": email, "password": password} for password in ("no", "neither", _NEW)]
        wrong = [await anybody.post("/community/token", data=form) for form in tries[:2]]
        await _ask(strict, email)
        await _use(strict, await read_secret(operator, email), new_password=_NEW)
        right = await anybody.post("/community/token", data=tries[2])

    assert [answer.status_code for answer in wrong] == [401, 429]
    assert right.status_code == 200


async def test_a_link_that_is_refused_sets_no_password(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)
    await _ask(platform, email)
    secret = await read_secret(operator, email)
    assert (await _use(platform, secret)).status_code == 200  # it is good once

    answers = [await _use(platform, code, new_password=_NEW) for code in (secret, uuid4().hex)]
    form = {"username": email, "password": PASSWORD}
    logged_in = await anonymous.post("/community/token", data=form)

    assert {answer.json()["type"] for answer in answers} == {"/problems/link-refused"}
    assert logged_in.status_code == 200


async def test_a_link_works_once_however_many_use_it_at_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)
    await _ask(platform, email)
    secret = await read_secret(operator, email)

    answers = await asyncio.gather(*(_use(platform, secret) for _ in range(10)))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 9}


async def test_of_two_links_at_once_one_logs_in_and_ends_the_other(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    for _ in range(5):
        email = await _given_account(operator)
        secrets = []
        for number in (1, 2):
            await _ask(platform, email)
            secrets.append(await read_secret(operator, email, number=number))

        answers = await asyncio.gather(*(_use(platform, secret) for secret in secrets))

        assert sorted(answer.status_code for answer in answers) == [200, 401]


async def test_who_has_an_account_shows_in_no_answer(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    emails = [new_address(), await _given_account(operator)]
    emails.append(await _given_account(operator, disabled=True))

    answers = [await _ask(platform, email) for email in emails]

    assert {(answer.status_code, answer.text) for answer in answers} == {(202, answers[0].text)}


async def test_the_answer_comes_before_anybody_looks_for_the_account(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)

    async with platform.database("community") as database:
        async with database.transaction() as session:
            lock = text("SELECT FROM account WHERE email = :email FOR UPDATE")
            await session.execute(lock, {"email": email})
            answer = await _ask(platform, email)
            links_before = await _links(database, email)
        await read_secret(operator, email)

        assert answer.status_code == 202
        assert (links_before, await _links(database, email)) == (0, 1)


async def test_a_disabled_account_gets_no_link(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator, disabled=True)

    async with platform.database("community") as database:
        await send_log_in_link(database, email, public_url="http://platform.test", an_hour=1000)
        assert await _links(database, email) == 0


async def test_an_account_has_three_links_at_most_however_many_ask(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)

    async with platform.database("community") as database:
        ask = [
            send_log_in_link(database, email, public_url="http://p.test", an_hour=1000)
            for _ in range(8)
        ]
        await asyncio.gather(*ask)
        assert await _links(database, email) == 3
        secret = await read_secret(operator, email, number=3)
        assert (await _use(platform, secret)).status_code == 200
        assert await _links(database, email) == 0


async def test_m12_an_account_gets_ten_links_in_a_day_however_soon_they_are_used(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    email = await _given_account(operator)
    query = "FROM message JOIN message_recipient ON id = message_id WHERE address = :email"

    async def letters_after(asked: int) -> int:
        async with platform.database("community") as database:
            for _ in range(asked):
                await send_log_in_link(database, email, public_url="http://p.test", an_hour=1000)
                await platform.change("community", "DELETE FROM log_in_link")
        (row,) = await platform.query("community", f"SELECT count(*) {query}", email=email)
        return int(row["count"])

    today = await letters_after(12)
    yesterday = "UPDATE message SET asked_at = asked_at - interval '1 day'"
    await platform.change(
        "community", f"{yesterday} WHERE id IN (SELECT message_id {query})", email=email
    )

    assert (today, await letters_after(1)) == (10, 11)


async def test_m12_an_hour_takes_so_many_links_of_all(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    first, second = await _given_account(operator), await _given_account(operator)
    hour = "kind = 'log_in_link' AND asked_at > now() - interval '1 hour'"
    (sent,) = await platform.query("community", f"SELECT count(*) FROM message WHERE {hour}")

    async with platform.database("community") as database:
        for email in (first, second):
            await send_log_in_link(
                database, email, public_url="http://p.test", an_hour=sent["count"] + 1
            )
        links = [await _links(database, email) for email in (first, second)]

    assert links == [1, 0]


async def test_m12_a_network_asks_so_often_whether_or_not_there_is_an_account(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    emails = [await _given_account(operator), new_address(), new_address()]
    async with (
        beside(platform, log_in_links_an_hour_of_address=2) as here,
        here.client() as anybody,
    ):

        async def ask(email: str, address: str) -> httpx.Response:
            return await anybody.post(
                "/community/log-in-links",
                json={"email": email},
                headers={"x-forwarded-for": address},
            )

        answers = [await ask(email, f"2001:db8::{n}") for n, email in enumerate(emails, start=1)]
        again = await ask(emails[0], "2001:db8::9")
        elsewhere = await ask(emails[0], "2001:db8:0:1::1")

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[2].json()["type"] == "/problems/too-many-links"
    assert 1790 <= int(answers[2].headers["retry-after"]) <= 1800
    assert (again.json(), elsewhere.status_code) == (answers[2].json(), 202)


async def test_a_link_that_is_over_or_invented_or_of_a_disabled_account_is_refused_alike(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    late, disabled = await _given_account(operator), await _given_account(operator)
    secrets = [uuid4().hex]
    for email in (late, disabled):
        await _ask(platform, email)
        secrets.append(await read_secret(operator, email))
    older = text("""
        UPDATE log_in_link SET expires_at = expires_at - CAST(:by AS interval) FROM account
        WHERE id = account_id AND email = :email
    """)
    async with platform.database("community") as database, database.transaction() as session:
        await session.execute(older, {"by": timedelta(minutes=15), "email": late})
    body = {"password": PASSWORD, "roles": ["operator"], "disabled": True}
    await put_account(operator, disabled, body)

    answers = [(await _use(platform, secret, new_password=_NEW)).json() for secret in secrets]
    await put_account(operator, disabled, {"roles": ["operator"]})
    async with platform.client() as anybody:
        form = {"username": disabled, "password": PASSWORD}
        assert (await anybody.post("/community/token", data=form)).status_code == 200

    assert answers[0]["type"] == "/problems/link-refused"
    assert all(answer == answers[0] for answer in answers)


async def test_with_an_issuer_of_ones_own_there_are_no_links(platform: Platform) -> None:
    async with beside(platform, auth_issuer="https://login.example.org") as elsewhere:
        answers = [await _ask(elsewhere, new_address()), await _use(elsewhere, "x")]

    assert {answer.json()["type"] for answer in answers} == {"/problems/login-elsewhere"}

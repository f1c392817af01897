"""How sessions go on and end whose people logged in at the co-op's own issuer."""

import asyncio
import io
import json
import logging
import zipfile
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from services.community.commands.privacy.purging import purge_sessions
from tests.community.coop import beside, given_member, put
from tests.community.issuer.at_issuer import (
    RENEWAL,
    SESSION,
    Coop,
    given_coop,
    log_in,
    subject,
    visit,
)
from tests.support.auditing import audit_lines
from tests.support.platform import SECRET_KEY, Platform


async def test_a_token_that_still_lives_is_given_again(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    await log_in(browser)
    first = (await browser.post(RENEWAL)).json()
    coop.clock.advance(timedelta(seconds=800))
    second = (await browser.post(RENEWAL)).json()

    assert second["access_token"] == first["access_token"]
    assert 890 < first["expires_in"] <= 900
    assert 90 < second["expires_in"] <= 100
    assert len(coop.issuer.asked) == 1


async def test_many_tabs_in_two_processes_ask_the_issuer_once(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    """It ends the session when a refresh token comes twice."""
    await log_in(browser)

    async with coop.other.client() as elsewhere:
        elsewhere.cookies = browser.cookies
        for _ in range(3):
            coop.clock.advance(timedelta(minutes=15))
            tabs = [client.post(RENEWAL) for client in (browser, elsewhere) for _ in range(4)]
            answers = await asyncio.gather(*tabs)

            assert {answer.status_code for answer in answers} == {200}
            assert len({answer.json()["access_token"] for answer in answers}) == 1
    assert [form["grant_type"] for form in coop.issuer.asked[1:]] == ["refresh_token"] * 3


async def test_a_refused_refresh_ends_the_session(coop: Coop, browser: httpx.AsyncClient) -> None:
    await log_in(browser)
    coop.clock.advance(timedelta(minutes=15))
    coop.issuer.error = "invalid_grant"
    refused = await browser.post(RENEWAL)
    coop.issuer.error = ""

    assert refused.status_code == 204
    assert await subject(browser) is None
    assert await count_sessions(coop, coop.issuer.subject) == 0


@pytest.mark.parametrize(
    ("error", "status"),
    [("temporarily_unavailable", 503), ("invalid_client", 401), ("slow_down", 429)],
)
async def test_an_issuer_that_does_not_answer_ends_no_session(
    coop: Coop, browser: httpx.AsyncClient, error: str, status: int
) -> None:
    await log_in(browser)
    coop.clock.advance(timedelta(minutes=15))
    coop.issuer.error, coop.issuer.status = error, status
    away = await browser.post(RENEWAL)
    coop.issuer.error = ""

    assert (away.status_code, away.json()["type"]) == (503, "/problems/issuer-unreachable")
    assert int(away.headers["retry-after"]) > 0
    assert await subject(browser) == coop.issuer.subject


async def test_whose_process_dies_while_it_asks_keeps_others_waiting_for_a_while_only(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    await log_in(browser)
    coop.clock.advance(timedelta(minutes=15))
    until = coop.clock.now() + timedelta(seconds=30)
    await coop.here.change(
        "community",
        "UPDATE issuer_session SET renewing_until = :until WHERE subject = :subject",
        until=until,
        subject=coop.issuer.subject,
    )
    coop.clock.advance(timedelta(seconds=31))

    assert await subject(browser) == coop.issuer.subject


@pytest.mark.parametrize("changes", [{"subject": "lucie"}, {"audience": "another application"}])
async def test_a_renewal_gives_no_token_of_somebody_or_something_else(
    coop: Coop, browser: httpx.AsyncClient, changes: dict[str, str]
) -> None:
    await log_in(browser)
    coop.clock.advance(timedelta(minutes=15))
    for name, value in changes.items():
        setattr(coop.issuer, name, value)

    assert (await browser.post(RENEWAL)).status_code == 204


async def test_without_a_refresh_token_the_session_ends_with_the_access_token(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    coop.issuer.gives_refresh_tokens = False
    await log_in(browser)

    assert await subject(browser) == coop.issuer.subject
    coop.clock.advance(timedelta(minutes=15))
    assert await subject(browser) is None


async def test_a_session_has_its_days(coop: Coop, browser: httpx.AsyncClient) -> None:
    await log_in(browser)
    coop.clock.advance(timedelta(days=30))

    assert await subject(browser) is None


async def test_what_has_expired_is_deleted(coop: Coop, browser: httpx.AsyncClient) -> None:
    await log_in(browser)
    async with coop.here.database("community") as database:
        await purge_sessions(database)
        assert await count_sessions(coop, coop.issuer.subject) == 1

        coop.clock.advance(timedelta(days=30))
        await purge_sessions(database)
        assert await count_sessions(coop, coop.issuer.subject) == 0


async def test_who_logs_out_leaves_nothing(coop: Coop, browser: httpx.AsyncClient) -> None:
    await log_in(browser)
    cookie = browser.cookies["elocoop"]

    answer = await browser.delete(SESSION)
    browser.cookies.set("elocoop", cookie)

    assert answer.status_code == 204
    assert await subject(browser) is None
    assert await count_sessions(coop, coop.issuer.subject) == 0


async def test_who_logs_in_again_ends_the_session_of_before(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    await log_in(browser)
    before, coop.issuer.subject = coop.issuer.subject, "lucie"
    address = await visit(browser)
    browser.cookies.delete("elocoop")  # it is strict, and the browser comes from another site
    await browser.get(address)

    assert await subject(browser) == "lucie"
    assert await count_sessions(coop, before) == 0


async def test_tokens_are_kept_under_the_key_and_end_with_it(platform: Platform) -> None:
    async with given_coop(platform) as coop, coop.here.client() as browser:
        await log_in(browser)
        query = "SELECT locked_tokens FROM issuer_session WHERE subject = :subject"
        (row,) = await coop.here.query("community", query, subject=coop.issuer.subject)
        token = (await browser.post(RENEWAL)).json()["access_token"]
        other_key = SecretStr(SECRET_KEY.replace("A", "B", 1))
        settings = coop.here.settings.model_dump() | {"secret_keys": other_key}
        async with (
            beside(platform, coop.clock, **settings) as later,
            later.client() as reader,
        ):
            reader.cookies = browser.cookies

            assert await subject(reader) is None
    assert token.encode() not in bytes(row["locked_tokens"])


async def test_log_in_and_log_out_are_in_the_audit_log_without_secrets(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    await log_in(browser)
    bearer = (await browser.post(RENEWAL)).json()["access_token"]
    await browser.delete(SESSION)

    async with coop.here.client(bearer) as staff:
        ended, begun = await audit_lines(staff, "community", entity="issuer_session", limit="2")

    assert (begun["route"], begun["roles"]) == ("GET /community/oidc/callback", ["operator"])
    assert ended["route"] == "DELETE /community/browser-session"
    assert begun["subject"] == ended["subject"] == coop.issuer.subject
    assert begun["after"]["secret_sha256"] == "(secret)"
    assert "locked_tokens" not in begun["after"]


async def test_an_erasure_ends_the_sessions_of_the_member_and_none_begins_again(
    coop: Coop, browser: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    erased, other = [await given_member(operator) for _ in range(2)]
    coop.issuer.roles = ["member"]
    async with coop.other.client() as neighbour:
        coop.issuer.member_id = other
        await log_in(neighbour)
        coop.issuer.member_id = erased
        await log_in(browser)
        archive = await operator.get(f"/community/members/{erased}/data.zip")
        await _erase(operator, erased)

        assert await subject(browser) is None
        assert await subject(neighbour) == coop.issuer.subject
        assert await log_in(browser) == "/log-in?refused=role"

    with zipfile.ZipFile(io.BytesIO(archive.content)) as files:
        (row,) = json.loads(files.read("issuer_sessions.json"))
    assert row["subject"] == coop.issuer.subject


async def test_a_session_of_whoever_was_erased_meanwhile_is_not_renewed(
    coop: Coop, browser: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    """As one that began before it was known whose it is."""
    coop.issuer.roles, coop.issuer.member_id = ["member"], await given_member(operator)
    await log_in(browser)
    forget = "UPDATE issuer_session SET member_id = NULL WHERE subject = :subject"
    await coop.here.change("community", forget, subject=coop.issuer.subject)
    await _erase(operator, coop.issuer.member_id)
    coop.clock.advance(timedelta(minutes=15))

    assert await subject(browser) is None
    assert await count_sessions(coop, coop.issuer.subject) == 0


async def test_a_renewal_tells_whose_the_session_is(
    coop: Coop, browser: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    coop.issuer.roles = ["member"]
    await log_in(browser)
    coop.issuer.member_id = await given_member(operator)
    coop.clock.advance(timedelta(minutes=15))
    assert await subject(browser) == coop.issuer.subject

    await _erase(operator, coop.issuer.member_id)

    assert await count_sessions(coop, coop.issuer.subject) == 0


async def _erase(operator: httpx.AsyncClient, member_id: str) -> None:
    path = f"/members/{member_id}/erasure"
    await put(operator, path, None)
    body = {"nothing_is_owed": True}
    answer = await operator.post(f"/community{path}/execution", json=body)
    assert answer.status_code == 200, answer.text


async def test_no_log_line_has_a_secret(
    platform: Platform, capfd: pytest.CaptureFixture[str]
) -> None:
    async with (
        given_coop(platform, log_level="INFO") as coop,
        coop.here.client() as browser,
    ):
        address = await visit(browser)
        await browser.get(address)
        token = (await browser.post(RENEWAL)).json()["access_token"]
        coop.issuer.error = "access_denied"
        await browser.get(await visit(browser))
    # The level is of the process, where other tests expect the usual one.
    logging.getLogger().setLevel(platform.settings.log_level)
    secrets = [*httpx.URL(address).params.values(), browser.cookies["elocoop"], token]

    logged = "".join(capfd.readouterr())
    assert "no log-in at the issuer" in logged
    assert [secret for secret in secrets if secret in logged] == []


async def count_sessions(coop: Coop, subject: str) -> int:
    query = "SELECT id FROM issuer_session WHERE subject = :subject"
    return len(await coop.here.query("community", query, subject=subject))

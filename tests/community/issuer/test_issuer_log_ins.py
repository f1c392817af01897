"""People of a co-op with an issuer of its own log in through the page."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from libs.common.settings import Settings
from services.community.domain.accounts.visits import Visit
from services.community.main import KeysMissing, service
from tests.community.issuer.at_issuer import (
    LOG_IN,
    SESSION,
    VISIT,
    Coop,
    given_coop,
    log_in,
    subject,
    visit,
)
from tests.support.clock import CLOCK
from tests.support.fake_issuer import CLIENT_ID, CLIENT_SECRET
from tests.support.platform import Platform


async def test_who_comes_back_is_logged_in_and_sees_what_was_wanted(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    left = await browser.get(LOG_IN, params={"return_to": "/month/2026-10?point=2"})
    asked = {name: value for name, (value,) in query(left).items()}
    address = await log_in(browser, "/month/2026-10?point=2")

    assert address == "/month/2026-10?point=2"
    assert await subject(browser) == coop.issuer.subject
    assert left.headers["location"].startswith(f"{coop.issuer.url}/authorize?theme=coop&")
    assert asked["redirect_uri"] == "http://127.0.0.1/community/oidc/callback"
    assert asked["code_challenge_method"] == "S256"
    assert (asked["scope"], asked["client_id"]) == ("openid", CLIENT_ID)
    assert "client_secret" not in coop.issuer.asked[0]  # it is in the header


async def test_the_cookie_is_the_one_that_a_password_gives(browser: httpx.AsyncClient) -> None:
    answer = await browser.get(await visit(browser))

    of_visit, session = sorted(answer.headers.get_list("set-cookie"))
    assert session.startswith("elocoop=")
    assert "; HttpOnly; Max-Age=2592000; Path=/; SameSite=strict" in session
    assert of_visit == f'{VISIT}=""; HttpOnly; Max-Age=0; Path=/; SameSite=lax'
    assert answer.headers["cache-control"] == "no-store"


async def test_over_tls_both_cookies_are_of_this_host_alone(platform: Platform) -> None:
    async with (
        given_coop(platform, public_url="https://coop.example.org") as coop,
        coop.here.client() as browser,
    ):
        left = await browser.get(LOG_IN)

    (cookie,) = left.headers.get_list("set-cookie")
    assert cookie.startswith(f"__Host-{VISIT}=gAAAA")
    assert cookie.endswith("; HttpOnly; Max-Age=600; Path=/; SameSite=lax; Secure")


async def test_a_visit_may_begin_in_one_process_and_end_in_another(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    address = await visit(browser)

    async with coop.other.client() as elsewhere:
        elsewhere.cookies = browser.cookies
        await elsewhere.get(address)
        browser.cookies = elsewhere.cookies

        assert await subject(browser) == await subject(elsewhere) == coop.issuer.subject


@pytest.mark.parametrize(
    "return_to",
    [
        "https://evil.example.org/",
        "//evil.example.org/",
        "/\\evil.example.org/",
        "/\t/evil.example.org/",
        "javascript:alert(1)",
        "month",
        "",
        "/où",
        f"/{'x' * 1000}",
        "/community/oidc/log-in",
        "/docs",
        "/docs?page=2",
        "/health#here",
    ],
)
async def test_what_is_no_address_of_the_page_is_its_start(
    browser: httpx.AsyncClient, return_to: str
) -> None:
    assert await log_in(browser, return_to) == "/"


async def test_an_address_of_an_api_opens_the_page_as_links_in_mails_do(
    browser: httpx.AsyncClient,
) -> None:
    path = "/community/operations/ACC00000101/polls/7"

    assert await log_in(browser, path) == path


async def test_an_address_comes_back_once(coop: Coop, browser: httpx.AsyncClient) -> None:
    address = await visit(browser)
    kept = browser.cookies[VISIT]
    await browser.get(address)
    await browser.delete(SESSION)

    again = await browser.get(address)
    browser.cookies.set(VISIT, kept)  # as one would who has stolen it
    with_visit = await browser.get(address)

    assert {answer.headers["location"] for answer in (again, with_visit)} == {
        "/log-in?refused=issuer"
    }
    assert await subject(browser) is None
    assert len(coop.issuer.asked) == 2  # the second time the code was spent


async def test_another_browser_is_not_logged_in_by_what_this_one_was_sent(
    coop: Coop, browser: httpx.AsyncClient
) -> None:
    """Nor are they by what somebody else begun for them."""
    address = await visit(browser)

    async with coop.here.client() as victim:
        without = await victim.get(address)
        await victim.get(LOG_IN)
        with_another_state = await victim.get(address)

        assert without.headers["location"] == "/log-in?refused=issuer"
        assert with_another_state.headers["location"] == "/log-in?refused=issuer"
        assert await subject(victim) is None
    assert coop.issuer.asked == []


@pytest.mark.parametrize("cookie", ["nothing", "gAAAAA"])
async def test_a_cookie_that_is_not_ours_is_none(browser: httpx.AsyncClient, cookie: str) -> None:
    address = await visit(browser)
    browser.cookies.set(VISIT, cookie, domain="127.0.0.1")

    assert (await browser.get(address)).headers["location"] == "/log-in?refused=issuer"


async def test_a_visit_is_over_after_ten_minutes(coop: Coop, browser: httpx.AsyncClient) -> None:
    address = await visit(browser, "/day")
    coop.clock.advance(timedelta(minutes=10))

    assert (await browser.get(address)).headers["location"] == "/log-in?refused=issuer"


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "of another log-in"},
        {"audience": "another application"},
        {"error": "access_denied"},
        {"error": "server_error"},
    ],
)
async def test_what_the_issuer_refuses_or_says_of_something_else_leads_back_to_the_log_in(
    coop: Coop, browser: httpx.AsyncClient, changes: dict[str, str]
) -> None:
    for name, value in changes.items():
        setattr(coop.issuer, name, value)

    assert await log_in(browser, "/day") == "/log-in?refused=issuer&next=%2Fday"
    assert await subject(browser) is None


async def test_who_has_no_role_here_is_told_so(coop: Coop, browser: httpx.AsyncClient) -> None:
    coop.issuer.roles = ["of another application"]

    assert await log_in(browser) == "/log-in?refused=role"
    assert await subject(browser) is None


async def test_an_id_token_of_somebody_else_is_refused(
    coop: Coop, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = coop.issuer._id_token
    address = await visit(browser)

    def of_lucie(nonce: str) -> str:
        monkeypatch.setattr(coop.issuer, "subject", "lucie")
        return sign(nonce)

    monkeypatch.setattr(coop.issuer, "_id_token", of_lucie)

    assert (await browser.get(address)).headers["location"] == "/log-in?refused=issuer"


async def test_a_client_that_is_set_up_wrongly_is_nobodys_refusal(platform: Platform) -> None:
    secret = SecretStr("another secret")
    async with (
        given_coop(platform, auth_client_secret=secret) as coop,
        coop.here.client() as browser,
    ):
        assert await log_in(browser) == "/log-in?refused=away"


async def test_an_issuer_that_is_away_leads_back_to_the_log_in(platform: Platform) -> None:
    away = "http://127.0.0.1:9"
    async with given_coop(platform, auth_issuer=away) as coop, coop.here.client() as browser:
        left = await browser.get(LOG_IN, params={"return_to": "/day"})

    assert left.headers["location"] == "/log-in?refused=away&next=%2Fday"


@pytest.mark.parametrize(
    ("client_auth", "secret"), [("none", ""), ("client_secret_post", CLIENT_SECRET)]
)
async def test_a_client_shows_who_it_is_in_the_way_that_the_issuer_wants(
    platform: Platform, client_auth: str, secret: str
) -> None:
    async with (
        given_coop(platform, auth_client_secret=SecretStr(secret)) as coop,
        coop.here.client() as browser,
    ):
        coop.issuer.client_auth = client_auth

        assert await log_in(browser) == "/"


async def test_without_a_client_there_is_no_way(platform: Platform) -> None:
    async with given_coop(platform, auth_client_id="") as coop, coop.here.client() as browser:
        left = await browser.get(LOG_IN)
        back = await browser.get("/community/oidc/callback?state=x&code=x")
        options = (await browser.get("/community/log-in-options")).json()

    assert {left.headers["location"], back.headers["location"]} == {"/log-in?refused=issuer"}
    assert options["oidc"] == {"issuer": coop.issuer.url, "log_in_path": None}


async def test_the_page_is_told_the_way(coop: Coop, browser: httpx.AsyncClient) -> None:
    options = (await browser.get("/community/log-in-options")).json()

    assert options["oidc"] == {"issuer": coop.issuer.url, "log_in_path": LOG_IN}


async def test_without_keys_the_service_does_not_start(platform: Platform) -> None:
    changes = {
        "auth_issuer": "https://login.example.org",
        "auth_client_id": CLIENT_ID,
        "secret_keys": SecretStr(""),
    }
    async with platform.database("community") as database:
        assert service.on_start is not None
        with pytest.raises(KeysMissing, match="AUTH_CLIENT_ID needs SECRET_KEYS"):
            await service.on_start(database, platform.settings.model_copy(update=changes))


def test_a_client_is_of_another_issuer() -> None:
    with pytest.raises(ValidationError, match="set AUTH_ISSUER too"):
        Settings.model_validate({"auth_client_id": CLIENT_ID})


def test_a_visit_is_read_as_it_was_written() -> None:
    visit = Visit("state", "nonce", "verifier", "/day", "5f" * 32, CLOCK.now())

    assert Visit.read(visit.write()) == visit
    with pytest.raises(ValueError, match="no visit"):
        Visit.read(b'{"state": "of another version"}')


def query(answer: httpx.Response) -> dict[str, list[str]]:
    return parse_qs(urlsplit(answer.headers["location"]).query)

"""Givens: a co-op with an issuer of its own, and browsers that go there and come back."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from libs.common.outgoing import open_client
from tests.community.coop import beside
from tests.support.clock import CLOCK, SetClock
from tests.support.fake_issuer import CLIENT_ID, CLIENT_SECRET, FakeIssuer, fake_issuer
from tests.support.platform import Platform

LOG_IN = "/community/oidc/log-in"
SESSION = "/community/browser-session"
RENEWAL = f"{SESSION}/renewal"
VISIT = "elocoop-visit"


@dataclass(frozen=True)
class Coop:
    """A community service of this issuer; the other one is a process beside it, as deployed."""

    issuer: FakeIssuer
    clock: SetClock
    here: Platform
    other: Platform


@asynccontextmanager
async def given_coop(platform: Platform, **changes: object) -> AsyncIterator[Coop]:
    clock = SetClock(CLOCK.now())
    async with fake_issuer(clock) as issuer, AsyncExitStack() as stack:
        settings = {
            "public_url": "http://127.0.0.1",
            "auth_issuer": issuer.url,
            "auth_jwks_url": f"{issuer.url}/jwks.json",
            "auth_role_map": {"operator": "operator", "member": "member"},
            "auth_client_id": CLIENT_ID,
            "auth_client_secret": SecretStr(CLIENT_SECRET),
        } | changes
        here, other = [
            await stack.enter_async_context(beside(platform, clock, **settings)) for _ in range(2)
        ]
        yield Coop(issuer, clock, here, other)


async def visit(browser: httpx.AsyncClient, return_to: str = "/") -> str:
    """Go to the issuer; returns the address by which it sends the browser back."""
    left = await browser.get(LOG_IN, params={"return_to": return_to})
    assert left.status_code == 303, left.text
    async with open_client(silence_s=30) as elsewhere:
        sent_back = await elsewhere.get(left.headers["location"])
    return sent_back.headers["location"]


async def log_in(browser: httpx.AsyncClient, return_to: str = "/") -> str:
    """Returns where the browser is sent."""
    answer = await browser.get(await visit(browser, return_to))
    assert answer.status_code == 303, answer.text
    address: str = answer.headers["location"]
    return address


async def subject(client: httpx.AsyncClient) -> str | None:
    """Who is logged in, by the token that a renewal gives; None: nobody."""
    renewed = await client.post(RENEWAL)
    if renewed.status_code == 204:
        return None
    bearer = {"authorization": f"Bearer {renewed.json()['access_token']}"}
    subject: str = (await client.get("/community/me", headers=bearer)).json()["subject"]
    return subject

"""Givens: an operation whose members each have a log-in, and polls that they are asked."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from libs.common.auth.principals import Rights
from services.community.commands.accounts.signing_keys import get_signing_key
from services.community.commands.polls.sealing import seal_poll
from services.community.credentials import sign_token
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    participation,
    put,
)
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.waiting import patience

YES_OR_NO = [{"id": "for", "label": "For"}, {"id": "against", "label": "Against"}]


def poll_body(**changes: object) -> dict[str, object]:
    """A poll that is open from yesterday until tomorrow."""
    now = CLOCK.now()
    body: dict[str, object] = {
        "question": "Shall the school come first at noon?",
        "method": "simple",
        "options": YES_OR_NO,
        "ballot_mode": "open",
        "opens_at": (now - timedelta(days=1)).isoformat(),
        "closes_at": (now + timedelta(days=1)).isoformat(),
    }
    return body | changes


@dataclass(frozen=True)
class Assembly:
    """An operation, its members, and a client for each."""

    platform: Platform
    operator: httpx.AsyncClient
    operation_id: str
    clients: Mapping[str, httpx.AsyncClient]

    @property
    def members(self) -> list[str]:
        return list(self.clients)

    @property
    def url(self) -> str:
        return f"/operations/{self.operation_id}/polls"

    async def given_draft(self, **changes: object) -> str:
        poll_id = str(uuid4())
        await put(self.operator, f"{self.url}/{poll_id}", poll_body(**changes))
        return poll_id

    async def given_poll(self, **changes: object) -> str:
        """Drafted and opened."""
        poll_id = await self.given_draft(**changes)
        answer = await self.open(poll_id)
        assert answer.status_code == 200, answer.text
        return poll_id

    async def open(self, poll_id: str, **body: object) -> httpx.Response:
        path = f"/community{self.url}/{poll_id}/opening"
        return await self.operator.post(path, json=body)

    async def vote(
        self, caller: str, poll_id: str, *, voter: str | None = None, **choice: object
    ) -> httpx.Response:
        """As the caller; voter: for this member."""
        path = f"/community{self.url}/{poll_id}/ballots/{voter or caller}"
        return await self.clients[caller].put(path, json=choice)

    async def give_proxy(self, giver: str, poll_id: str, holder: str) -> httpx.Response:
        path = f"/community{self.url}/{poll_id}/proxy"
        return await self.clients[giver].put(path, json={"holder_id": holder})

    async def revoke_proxy(self, giver: str, poll_id: str) -> httpx.Response:
        return await self.clients[giver].delete(f"/community{self.url}/{poll_id}/proxy")

    async def decline_proxy(self, holder: str, poll_id: str, giver: str) -> httpx.Response:
        path = f"/community{self.url}/{poll_id}/proxies/{giver}"
        return await self.clients[holder].delete(path)

    async def get(self, path: str, *, caller: str | None = None) -> Any:  # noqa: ANN401 - JSON
        """GET that must be accepted, as staff or as a member."""
        client = self.clients[caller] if caller else self.operator
        answer = await client.get(f"/community{self.url}/{path}".replace("/?", "?").rstrip("/"))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def seal(self, poll_id: str) -> bool:
        """What the worker does, with its clock a week ahead; whether it was this that sealed it."""
        later = self.platform.clock.now() + timedelta(days=7)
        async with self.platform.database("community") as database, patience("the poll is sealed"):
            while (await self.get(poll_id))["state"] in {"open", "counting"}:
                async with database.transaction() as session:
                    if await seal_poll(session, UUID(poll_id), now=later):
                        return True
                await asyncio.sleep(0.02)
        return False

    @asynccontextmanager
    async def locked(self, poll_id: str) -> AsyncIterator[None]:
        """While somebody has the poll for themselves, as who seals it."""
        lock = text("SELECT 1 FROM poll WHERE id = :poll_id FOR UPDATE")
        async with (
            self.platform.database("community") as database,
            database.transaction() as session,
        ):
            await session.execute(lock, {"poll_id": poll_id})
            yield

    async def query(self, sql: str, **values: object) -> list[Mapping[str, Any]]:
        return await self.platform.query("community", sql, **values)

    async def change(self, sql: str, **values: object) -> None:
        await self.platform.change("community", sql, **values)


@asynccontextmanager
async def assembly(
    platform: Platform, operator: httpx.AsyncClient, *, members: int
) -> AsyncIterator[Assembly]:
    """An operation in which so many members take part since January."""
    operation_id = await given_operation(operator)
    clients = {}
    async with AsyncExitStack() as stack:
        for _ in range(members):
            member_id = await join(operator, operation_id)
            client = member_client(platform, member_id)
            clients[member_id] = await stack.enter_async_context(client)
        yield Assembly(platform, operator, operation_id, clients)


async def join(operator: httpx.AsyncClient, operation_id: str) -> str:
    """A new member, who takes part with a point."""
    member_id, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, operation_id, participation(prm, member_id))
    return member_id


@asynccontextmanager
async def member_client(platform: Platform, member_id: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a token that the service signed; hashing many passwords would take long."""
    async with platform.database("community") as database, database.transaction() as session:
        signing_key = await get_signing_key(session, platform.settings.account_keys)
    token = sign_token(
        signing_key,
        issuer=platform.settings.issuer,
        audience=platform.settings.auth_audience,
        now=platform.clock.now(),
        life=timedelta(minutes=30),
        account_id=uuid4(),
        session_id=uuid4(),
        rights=Rights.of_member(UUID(member_id)),
    )
    async with platform.client(token) as client:
        yield client

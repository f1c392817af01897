"""Givens: an operation whose members each have a log-in, and gatherings to which they come."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from libs.common.calendar import local_day
from tests.community.assembly import Assembly, assembly
from tests.community.coop import put
from tests.support.clock import CLOCK
from tests.support.platform import Platform


@dataclass(frozen=True)
class Group:
    """An operation and its members, staff and a client for each member."""

    assembly: Assembly

    @property
    def members(self) -> list[str]:
        return self.assembly.members

    def body(self, **changes: object) -> dict[str, object]:
        """A gathering of the operation, in a week."""
        starts_at = CLOCK.now().replace(microsecond=0) + timedelta(days=7)
        body: dict[str, object] = {
            "operation_id": self.assembly.operation_id,
            "kind": "assembly",
            "title": "Assembly of the winter",
            "place": "Salle des fêtes",
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(hours=2)).isoformat(),
        }
        return body | changes

    async def given_draft(self, **changes: object) -> str:
        gathering_id = str(uuid4())
        await put(self.assembly.operator, f"/gatherings/{gathering_id}", self.body(**changes))
        return gathering_id

    async def given_gathering(self, **changes: object) -> str:
        """Drafted and announced."""
        gathering_id = await self.given_draft(**changes)
        answer = await self.assembly.operator.post(
            f"/community/gatherings/{gathering_id}/announcement"
        )
        assert answer.status_code == 200, answer.text
        return gathering_id

    async def change(self, gathering_id: str, **changes: object) -> httpx.Response:
        """As staff; what is not named stays."""
        gathering = await self.get(gathering_id)
        kept = {name: gathering[name] for name in self.body().keys() | {"capacity", "max_guests"}}
        path = f"/community/gatherings/{gathering_id}"
        return await self.assembly.operator.put(path, json={**kept, **changes})

    async def call_off(self, gathering_id: str) -> httpx.Response:
        path = f"/community/gatherings/{gathering_id}/cancellation"
        return await self.assembly.operator.post(path, json={"reason": "The hall is flooded."})

    async def reply(
        self, caller: str, gathering_id: str, *, member: str | None = None, **changes: object
    ) -> httpx.Response:
        """As the caller; member: for this one."""
        path = f"/community/gatherings/{gathering_id}/replies/{member or caller}"
        return await self.assembly.clients[caller].put(path, json={"answer": "yes"} | changes)

    async def get(self, path: str, *, caller: str | None = None) -> Any:  # noqa: ANN401 - JSON
        """GET that must be accepted, as staff or as a member."""
        client = self.assembly.clients[caller] if caller else self.assembly.operator
        answer = await client.get(f"/community/gatherings/{path}".replace("/?", "?").rstrip("/"))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def listed(self, query: str = "", *, caller: str) -> Any:  # noqa: ANN401 - JSON
        """Those of the operation: other tests may have announced some to the whole co-op."""
        return await self.get(f"?operation_id={self.assembly.operation_id}&{query}", caller=caller)

    async def seated(self, gathering_id: str) -> set[str]:
        """The members who have a seat."""
        replies = await self.get(f"{gathering_id}/replies?limit=1000")
        return {reply["member_id"] for reply in replies if reply["is_seated"]}

    async def begin(self, gathering_id: str, *, lasts: timedelta = timedelta(hours=1)) -> None:
        """Let it have begun a minute ago."""
        starts_at = CLOCK.now() - timedelta(minutes=1)
        await self.move(gathering_id, starts_at, lasts=lasts)

    async def move(
        self, gathering_id: str, starts_at: datetime, *, lasts: timedelta = timedelta(hours=1)
    ) -> None:
        """To where no route would let it be."""
        await self.assembly.change(
            "UPDATE gathering SET starts_at = :starts_at, ends_at = :ends_at, day = :day,"
            " reply_by = NULL WHERE id = :id",
            starts_at=starts_at,
            ends_at=starts_at + lasts,
            day=local_day(starts_at),
            id=gathering_id,
        )


@asynccontextmanager
async def group(
    platform: Platform, operator: httpx.AsyncClient, *, members: int
) -> AsyncIterator[Group]:
    async with assembly(platform, operator, members=members) as members_assembly:
        yield Group(members_assembly)

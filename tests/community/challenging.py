"""Givens of challenges: an operation whose members take part, and what allocation would tell."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from libs.common.calendar import day_start
from libs.common.events.allocation import ChallengeMeasured, MeasuredDay
from libs.common.events.community import ChallengeChanged
from libs.common.ids import OperationId
from services.community.commands.challenges.rounds import look_after
from services.community.main import service
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    participation,
    put,
    today,
)
from tests.support.alone import Alone, alone
from tests.support.clock import CLOCK
from tests.support.waiting import until


def began() -> str:
    return str(today() - timedelta(days=400))


def challenge_body(**changes: object) -> dict[str, object]:
    """Of the last seven days, today included."""
    body = {
        "title": "La lessive à midi",
        "kind": "use_more",
        "first_day": str(today() - timedelta(days=6)),
        "last_day": str(today()),
        "windows": [{"start": "11:00", "end": "15:00"}],
        "target_percent": 10,
        "baseline_weeks": 2,
    }
    return body | changes


@dataclass(frozen=True)
class Home:
    """A member with a point."""

    member_id: str
    prm: str


@dataclass(frozen=True)
class Group:
    """Community alone, with an operation and its homes."""

    alone: Alone
    operator: httpx.AsyncClient
    operation_id: str
    homes: Sequence[Home]
    clients: Mapping[Home, httpx.AsyncClient]

    @property
    def path(self) -> str:
        return f"/community/operations/{self.operation_id}/challenges"

    async def given_challenge(self, **changes: object) -> str:
        """Announced."""
        challenge_id = str(uuid4())
        path = f"/operations/{self.operation_id}/challenges/{challenge_id}"
        await put(self.operator, path, challenge_body(**changes))
        answer = await self.operator.post(f"{self.path}/{challenge_id}/announcement")
        assert answer.status_code == 200, answer.text
        return challenge_id

    async def enter(self, home: Home, challenge_id: str, shown_as: str | None = None) -> UUID:
        """Returns the id of the entry, which only allocation is told."""
        path = f"{self.path}/{challenge_id}/entries/{home.prm}"
        answer = await self.clients[home].put(path, json={"shown_as": shown_as})
        assert answer.status_code == 201, answer.text
        entries = (await self.told(challenge_id)).entries
        ids: dict[str, UUID] = {entry.prm: entry.entry_id for entry in entries}
        return ids[home.prm]

    async def told(self, challenge_id: str) -> ChallengeChanged:
        """The latest event."""
        events = await self.alone.published(ChallengeChanged, self.operation_id)
        return [event for event in events if str(event.challenge_id) == challenge_id][-1]

    async def measure(
        self, challenge_id: str, entry_id: UUID, *, before: int, during: int, revision: int = 1
    ) -> None:
        """So many watt-minutes on each of the days before, and on each day of the challenge."""
        first = today() - timedelta(days=6)
        days = [(first - timedelta(days=number), before) for number in range(14, 0, -1)]
        days += [(first + timedelta(days=number), during) for number in range(7)]
        await self.tell(challenge_id, entry_id, days, revision=revision)

    async def tell(
        self,
        challenge_id: str,
        entry_id: UUID,
        days: Sequence[tuple[date, int]],
        *,
        revision: int = 1,
    ) -> None:
        await self.alone.tell(
            ChallengeMeasured(
                time=CLOCK.now(),
                operation_id=OperationId(self.operation_id),
                challenge_id=UUID(challenge_id),
                entry_id=entry_id,
                revision=revision,
                days=[MeasuredDay(day=day, consumption_wmin=wmin) for day, wmin in days],
            )
        )

    async def standing(self, challenge_id: str, home: Home | None = None) -> Any:  # noqa: ANN401 - JSON
        client = self.clients[home] if home else self.operator
        answer = await client.get(f"{self.path}/{challenge_id}/standing")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def pass_days(self, challenge_id: str, days: int) -> None:
        """What the worker does so many days from now, at noon: clocks may change in between."""
        later = day_start(today() + timedelta(days=days)) + timedelta(hours=12)
        async with (
            self.alone.platform.database("community") as database,
            database.transaction() as session,
        ):
            operation_id = OperationId(self.operation_id)
            await look_after(session, operation_id, UUID(challenge_id), now=later)

    async def notified(self, home: Home) -> list[str]:
        """Kinds, in the order in which the member was told of challenges."""
        answer = await self.clients[home].get("/community/me/notifications")
        kinds = [notification["kind"] for notification in reversed(answer.json()["notifications"])]
        return [kind for kind in kinds if kind.startswith("challenge")]

    async def revision(self, challenge_id: str, *, above: int) -> ChallengeChanged:
        """The event after that revision, once it is there."""
        return await until(
            f"a revision after {above}",
            lambda: self.told(challenge_id),
            lambda event: event.revision > above,
        )


@asynccontextmanager
async def group(database_url: str, *, homes: int, least_points: int = 3) -> AsyncIterator[Group]:
    async with AsyncExitStack() as stack:
        settings = {"privacy_least_points": least_points}
        service_alone = await stack.enter_async_context(alone(service, database_url, **settings))
        operator = await stack.enter_async_context(service_alone.client("operator"))
        operation_id = await given_operation(operator)
        group_homes, clients = [], {}
        for _ in range(homes):
            home = Home(await given_member(operator), await given_point(operator))
            await enrol(operator, operation_id, participation(home.prm, home.member_id, began()))
            client = service_alone.client("member", member_id=home.member_id)
            clients[home] = await stack.enter_async_context(client)
            group_homes.append(home)
        yield Group(service_alone, operator, operation_id, group_homes, clients)

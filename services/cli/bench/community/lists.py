"""Pages of each list of the community service, from random places of it."""

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from libs.common.database import Database
from services.cli.bench.community.crowd import Crowd
from services.cli.bench.community.life import READER, Life
from services.cli.bench.members import open_account
from services.cli.bench.scratch_platform import processor_s
from services.demo.api import Api

_SEED = 2026
_WARM_UP = 10


@dataclass(frozen=True)
class ListWaits:
    """rows: of a page, the median. processor_ms: of the service's process, per answer."""

    path: str
    rows: int
    median_ms: float
    p95_ms: float
    processor_ms: float


@dataclass(frozen=True)
class Clients:
    staff: Api
    member: Api

    def of(self, path: str) -> Api:
        return self.member if path.startswith("/me/") else self.staff


async def log_reader_in(crowd: Crowd, staff: Api, community: Database) -> Api:
    """Log in as the member whose own lists are requested."""
    email = f"member-{READER}@example.org"
    reader, _ = await open_account(staff, community, email, crowd.member_id(READER))
    return reader


async def measure_lists(
    crowd: Crowd, clients: Clients, *, requests: int, pid: int
) -> list[ListWaits]:
    """Measure pages of every list. pid: of community's process."""
    chance = random.Random(_SEED)  # noqa: S311 - the same pages every time
    waits = []
    for path, ask in {**_lists(crowd, chance), **_lists_of_life(Life(crowd), chance)}.items():
        for _ in range(_WARM_UP):
            await _ask(clients, ask())
        before_s = processor_s(pid)
        answers = [await _ask(clients, ask()) for _ in range(requests)]
        used_ms = 1000 * (processor_s(pid) - before_s)
        times_ms = [time_ms for time_ms, _ in answers]
        waits.append(
            ListWaits(
                path=path,
                rows=round(statistics.median(rows for _, rows in answers)),
                median_ms=round(statistics.median(times_ms), 1),
                p95_ms=round(statistics.quantiles(times_ms, n=20)[-1], 1),
                processor_ms=round(used_ms / requests, 1),
            )
        )
    return waits


def _lists(crowd: Crowd, chance: random.Random) -> Mapping[str, Callable[[], str]]:
    """Return paths with a query, by the name of the list."""

    def one_of(number: int) -> int:
        return chance.randrange(number)

    def operation_id() -> str:
        return crowd.operation_id(one_of(crowd.operations))

    def polls() -> str:
        number = one_of(crowd.polls)
        place = crowd.operation_id(number * crowd.operations // crowd.polls)
        return f"/operations/{place}/polls?after={crowd.poll_id(number)}"

    return {
        "members": lambda: f"/members?after={crowd.member_id(one_of(crowd.members))}",
        "members of an operation": lambda: f"/members?operation_id={operation_id()}",
        "operations": lambda: f"/operations?after={operation_id()}",
        "an operation with its perimeter": lambda: f"/operations/{operation_id()}",
        "organisers": lambda: f"/organisers?after={crowd.organiser_id(one_of(crowd.operations))}",
        "accounts": lambda: f"/accounts?after={crowd.account_id(one_of(crowd.members))}",
        "messages": lambda: f"/messages?after={crowd.message_id(one_of(crowd.messages))}",
        "messages of an operation": lambda: f"/messages?operation_id={operation_id()}",
        "messages to a member": lambda: (
            f"/messages?member_id={crowd.member_id(one_of(crowd.members))}"
        ),
        "polls of an operation": polls,
        "requests": lambda: f"/requests?after={crowd.request_id(one_of(crowd.members))}",
        "requests of a stage": lambda: (
            f"/requests?stage=study&after={crowd.request_id(one_of(crowd.members))}"
        ),
        "requests that are overdue": lambda: "/requests?overdue=true",
        "figures of requests": lambda: "/request-figures",
        "what is due": lambda: "/deadlines",
        "what is due in an operation": lambda: f"/deadlines?operation_id={operation_id()}",
    }


def _lists_of_life(life: Life, chance: random.Random) -> Mapping[str, Callable[[], str]]:
    crowd = life.crowd

    def one_of(number: int) -> int:
        return chance.randrange(number)

    def operation() -> str:
        return f"/operations/{crowd.operation_id(one_of(crowd.operations))}"

    def member() -> str:
        return f"/members/{crowd.member_id(one_of(crowd.members))}"

    register = f"/organisers/{crowd.organiser_id(0)}/capital"
    return {
        "enrolments of an operation": lambda: f"{operation()}/enrolments",
        "documents of an operation": lambda: f"{operation()}/documents",
        "who asks to take part in an operation": lambda: f"{operation()}/sign-ups",
        "consents of a member": lambda: f"{member()}/consents",
        "who looked at a member": lambda: f"{member()}/accesses",
        "invitations": lambda: f"/invitations?after={life.invitation_id(one_of(crowd.members))}",
        "gatherings": lambda: f"/gatherings?after={life.gathering_id(one_of(life.gatherings))}",
        "who comes to a gathering": lambda: (
            f"/gatherings/{life.gathering_id(one_of(life.gatherings))}/replies"
        ),
        "news": lambda: f"/news?after={life.article_id(one_of(life.articles))}",
        "register of shares": lambda: f"{register}/movements?after={one_of(crowd.members)}",
        "who holds shares": lambda: f"{register}?after={crowd.member_id(one_of(crowd.members))}",
        "what was changed": lambda: "/audit",
        "notifications of a member": lambda: "/me/notifications",
    }


async def _ask(clients: Clients, path: str) -> tuple[float, int]:
    """Return milliseconds, and rows of the page."""
    started_s = time.perf_counter()
    answer = await clients.of(path).answer("GET", f"/community{path}")
    waited_ms = 1000 * (time.perf_counter() - started_s)
    answer.raise_for_status()
    return waited_ms, _count(answer.json())


def _count(body: Any) -> int:  # noqa: ANN401 - JSON
    """Count the list itself, or the longest one in a larger answer."""
    if isinstance(body, list):
        return len(body)
    return max((len(value) for value in body.values() if isinstance(value, list)), default=1)

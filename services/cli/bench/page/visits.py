"""The requests of a page when it is opened, and how long their answers take."""

import asyncio
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import httpx

from services.demo.api import Api, DemoFailed

_SESSION = "/community/browser-session"


@dataclass(frozen=True)
class Household:
    """A member with a point."""

    email: str
    member_id: UUID
    operation_id: str
    prm: str


@dataclass(frozen=True)
class BrowserSession:
    """A browser that was logged in and closed. api: without an account, as a browser starts."""

    household: Household
    cookies: dict[str, str]
    api: Api


@dataclass(frozen=True)
class PageWaits:
    kind: str
    median_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float
    refused: dict[str, int]


@dataclass(frozen=True)
class _Answer:
    kind: str
    wait_ms: float
    refusal: str | None


async def log_in(staff: Api, household: Household, password: str) -> BrowserSession:
    api = staff.without_account()
    body = {"email": household.email, "password": password}
    answer = await api.answer("POST", _SESSION, json=body)
    if answer.is_error:
        message = f"{household.email} cannot log in: {answer.text}"
        raise DemoFailed(message)
    return BrowserSession(household, dict(answer.cookies), api)


async def visit_all(
    sessions: Sequence[BrowserSession], *, month: str, seconds: float
) -> list[PageWaits]:
    """Begin the visits evenly over the seconds, without waiting for earlier answers."""
    answers: list[_Answer] = []

    async def visit_after(delay_s: float, session: BrowserSession) -> None:
        await asyncio.sleep(delay_s)
        answers.extend(await _visit(session, month))

    async with asyncio.TaskGroup() as group:
        for place, session in enumerate(sessions):
            group.create_task(visit_after(place * seconds / len(sessions), session))
    kinds = defaultdict(list)
    for answer in answers:
        kinds[answer.kind].append(answer)
    return [_waits(kind, answers_of_kind) for kind, answers_of_kind in kinds.items()]


async def _visit(session: BrowserSession, month: str) -> list[_Answer]:
    household = session.household
    started_s = time.perf_counter()
    cookie = "; ".join(f"{name}={value}" for name, value in session.cookies.items())
    renewal = await session.api.answer("POST", f"{_SESSION}/renewal", headers={"Cookie": cookie})
    answers = [_Answer("session renewed", _since_ms(started_s), _refusal(renewal))]
    if answers[0].refusal:
        return answers
    headers = {"Authorization": f"Bearer {renewal.json()['access_token']}"}
    point = f"/allocation/operations/{household.operation_id}/points/{household.prm}"
    questions = {
        "month": f"{point}/months/{month}",
        "bills": f"/billing/points/{household.prm}/months/{month}/bills",
    }

    async def ask(kind: str, path: str) -> _Answer:
        asked_s = time.perf_counter()
        answer = await session.api.answer("GET", path, headers=headers)
        return _Answer(kind, _since_ms(asked_s), _refusal(answer))

    return answers + await asyncio.gather(*(ask(kind, path) for kind, path in questions.items()))


def _refusal(answer: httpx.Response) -> str | None:
    """Return the status and the kind of problem; None if it was answered."""
    if answer.status_code == httpx.codes.OK:
        return None
    kind = answer.json().get("type") if answer.content else "empty"
    return f"{answer.status_code} {kind}"


def _since_ms(started_s: float) -> float:
    return 1000 * (time.perf_counter() - started_s)


def _waits(kind: str, answers: Sequence[_Answer]) -> PageWaits:
    waits_ms = sorted(answer.wait_ms for answer in answers)
    hundredths = statistics.quantiles(waits_ms, n=100, method="inclusive")
    return PageWaits(
        kind=kind,
        median_ms=round(statistics.median(waits_ms), 1),
        p95_ms=round(hundredths[94], 1),
        p99_ms=round(hundredths[98], 1),
        longest_ms=round(waits_ms[-1], 1),
        refused=dict(Counter(answer.refusal for answer in answers if answer.refusal)),
    )

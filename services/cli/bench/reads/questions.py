"""Members' questions to allocation, and how long they wait for the answers."""

import asyncio
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.cli.bench.reads.year import YearLoad
from services.cli.bench.scratch_platform import processor_s
from services.demo.api import Api

_WARM_UP = 20
_SEED = 2026


@dataclass(frozen=True)
class BenchQuestion:
    """A request for one point. point: the number of the asking member's point."""

    point: int
    path: str
    params: Mapping[str, str]


@dataclass(frozen=True)
class AnswerTimes:
    """Times of answers, and the processor time of each in allocation's process."""

    kind: str
    clients: int
    median_ms: float
    p95_ms: float
    processor_ms: float
    requests: int
    bytes_median: int


async def measure(
    year: YearLoad, members: Mapping[int, Api], *, requests: int, pid: int
) -> list[AnswerTimes]:
    """Ask each kind of question, first one at a time, then eight at once.

    pid: of allocation's process.
    """
    chance = random.Random(_SEED)  # noqa: S311 - the same questions every time
    waits = []
    for kind, ask in _kinds(year, chance).items():
        await _ask_all(members, [ask() for _ in range(min(_WARM_UP, requests))], clients=1)
        for clients in (1, 8):
            questions = [ask() for _ in range(requests)]
            before_s = processor_s(pid)
            answers = await _ask_all(members, questions, clients=clients)
            used_ms = 1000 * (processor_s(pid) - before_s)
            waits.append(_waits(kind, clients, answers, used_ms))
    return waits


def _kinds(year: YearLoad, chance: random.Random) -> Mapping[str, Callable[[], BenchQuestion]]:
    def question(path: str, **params: str) -> BenchQuestion:
        operation = chance.randrange(year.shape.operations)
        point = chance.choice(year.consumers)
        params = {
            name: year.prm(operation, point) if value == "own" else value
            for name, value in params.items()
        }
        return BenchQuestion(point, f"/operations/{year.operation_id(operation)}/{path}", params)

    def month() -> str:
        return str(chance.choice(year.calendar))

    def day() -> str:
        return str(chance.choice(year.days))

    return {
        "summary of a month": lambda: question("summary", month=month()),
        "shares of a month by month": lambda: question("shares", month=month(), by="month"),
        "shares of a month by day": lambda: question("shares", month=month(), by="day"),
        "shares of a month by step": lambda: question(
            "shares", month=month(), by="step", prm="own"
        ),
        "shares of a day by step": lambda: _of_day(question, day()),
        "keys": lambda: question("keys"),
        "explanation of a day": lambda: question("explanations", day=day(), prm="own"),
    }


def _of_day(question: Callable[..., BenchQuestion], day: str) -> BenchQuestion:
    return question("shares", month=day[:7], by="step", day=day)


async def _ask_all(
    members: Mapping[int, Api], questions: Sequence[BenchQuestion], *, clients: int
) -> list[tuple[float, int]]:
    """Return milliseconds and bytes of each answer."""
    answers: list[tuple[float, int]] = []
    remaining_questions: Iterator[BenchQuestion] = iter(questions)

    async def client() -> None:
        for question in remaining_questions:
            started_s = time.perf_counter()
            answer = await members[question.point].answer(
                "GET", f"/allocation{question.path}", params=question.params
            )
            answers.append((1000 * (time.perf_counter() - started_s), len(answer.content)))
            answer.raise_for_status()

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(client())
    return answers


def _waits(
    kind: str, clients: int, answers: Sequence[tuple[float, int]], used_ms: float
) -> AnswerTimes:
    times_ms = [time_ms for time_ms, _ in answers]
    return AnswerTimes(
        kind=kind,
        clients=clients,
        median_ms=round(statistics.median(times_ms), 1),
        p95_ms=round(statistics.quantiles(times_ms, n=20)[-1], 1),
        processor_ms=round(used_ms / len(answers), 1),
        requests=len(answers),
        bytes_median=round(statistics.median(size for _, size in answers)),
    )

"""Parts of the platform that answer, fail or hang, and /health while they are away."""

import asyncio
import logging
from contextlib import AsyncExitStack

import pytest

from libs.common.app import create_app
from libs.common.database import Database
from libs.common.health import routes
from libs.common.health.probes import NO_ANSWER, Component
from libs.common.logs.repeats import RepeatLimit
from libs.common.outgoing import open_client
from libs.common.ports import free_port
from services.cli.running import running
from services.community.main import service
from tests.support.clock import CLOCK
from tests.support.platform import settings_for_tests


async def test_a_part_is_asked_once_for_all_who_want_to_know() -> None:
    asked = 0

    async def probe() -> None:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)

    component = Component("files", probe, fresh_s=1)
    answers = await asyncio.gather(*(component.find_problem() for _ in range(5)))

    assert (answers, asked) == ([None] * 5, 1)


async def test_a_part_that_fails_is_named_by_its_error() -> None:
    async def probe() -> None:
        raise ConnectionRefusedError

    assert await Component("files", probe, fresh_s=1).find_problem() == "ConnectionRefusedError"


async def test_a_part_that_hangs_gives_no_answer_and_who_leaves_takes_it_from_nobody() -> None:
    component = Component("files", lambda: asyncio.sleep(3600), fresh_s=0)
    leaves = asyncio.create_task(component.find_problem())
    stays = asyncio.create_task(component.find_problem())
    await asyncio.sleep(0)
    leaves.cancel()

    assert await stays == NO_ANSWER


async def test_a_component_that_hangs_has_one_probe_however_often_it_is_asked() -> None:
    """A probe may hold a thread, of which there are few."""
    asked = 0
    answers = asyncio.Event()

    async def probe() -> None:
        nonlocal asked
        asked += 1
        await answers.wait()

    component = Component("files", probe, fresh_s=0)
    hanging = [await component.find_problem() for _ in range(2)]
    asked_while_it_hung = asked
    answers.set()

    assert (hanging, asked_while_it_hung) == ([NO_ANSWER, NO_ANSWER], 1)
    assert await component.find_problem() is None


async def test_health_names_all_parts_that_are_away(database_url: str) -> None:
    nowhere = f"127.0.0.1:{free_port()}"
    settings = settings_for_tests(
        database_url=database_url, event_log_url=f"kafka://{nowhere}"
    ).model_copy(
        update={
            "auth_jwks_url": f"http://{nowhere}/jwks.json",
            "file_store_url": "folder:/proc/nothere",
            "mail_url": f"smtp://{nowhere}",
            "mail_from": "The co-op <news@volts.test>",
        }
    )
    async with (
        running(create_app(service, settings=settings, clock=CLOCK)) as port,
        open_client(base_url=f"http://127.0.0.1:{port}", silence_s=60) as client,
    ):
        health, metrics = await client.get("/health"), await client.get("/metrics")
        ready = await client.get("/ready")

    problems = health.json()["services"]["community"]["problems"]
    assert health.status_code == 503
    for name in ("event log", "issuer", "files", "mail"):
        assert any(problem.startswith(f"{name}: ") for problem in problems), problems
        assert f'elocoop_up{{part="{name}",service="community"}} 0.0' in metrics.text
    assert 'elocoop_up{part="database",service="community"} 1.0' in metrics.text
    assert ready.status_code == 200


async def test_a_busy_service_is_degraded_and_not_failing(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its probe was answered, so nothing is away: a flood of requests makes nobody restart it."""
    monkeypatch.setattr(routes, "_READING_S", 0.1)
    settings = settings_for_tests(database_url=database_url, event_log_url="database:")
    app = create_app(service, settings=settings, clock=CLOCK)
    async with (
        running(app) as port,
        open_client(base_url=f"http://127.0.0.1:{port}", silence_s=60) as client,
        AsyncExitStack() as busy,
    ):
        database: Database = app.state.databases["community"]
        for _ in range(database.most_connections):
            session = await busy.enter_async_context(database.transaction())
            await session.connection()
        health = await client.get("/health")

    report = health.json()["services"]["community"]
    # No issuer listens here.
    assert [each for each in report["problems"] if not each.startswith("issuer: ")] == []
    assert [warning for warning in report["warnings"] if warning.startswith("database: busy")]


async def test_metrics_have_what_waits_and_how_far_behind_a_service_is(database_url: str) -> None:
    settings = settings_for_tests(database_url=database_url, event_log_url="database:")
    async with (
        running(create_app(service, settings=settings, clock=CLOCK)) as port,
        open_client(base_url=f"http://127.0.0.1:{port}", silence_s=60) as client,
    ):
        metrics = (await client.get("/metrics")).text

    # How much there is depends on what other tests have left in their common database.
    for gauge in (
        'elocoop_waiting{kind="messages_waiting",service="community"}',
        'elocoop_waiting{kind="months_late",service="community"}',
        'elocoop_events_behind{service="community"}',
        'elocoop_oldest_unsent_event_seconds{service="community"}',
        'elocoop_database_connections_in_use{service="community"}',
    ):
        assert gauge in metrics


async def test_one_quick_error_proves_nothing() -> None:
    errors = [BlockingIOError()]

    async def probe() -> None:
        if errors:
            raise errors.pop()

    assert await Component("database", probe, fresh_s=0).find_problem() is None


async def test_a_client_that_loses_its_own_patience_got_no_answer() -> None:
    async def probe() -> None:
        raise TimeoutError

    assert await Component("database", probe, fresh_s=0).find_problem() == NO_ANSWER


def test_who_was_refused_is_always_written() -> None:
    limit = RepeatLimit(clock=lambda: 0.0)
    refused = [_record(logging.WARNING, {"event": "access refused"}, place) for place in range(9)]
    for record in refused:
        record.name = "libs.common.auth.principals"

    assert all(limit.filter(record) for record in refused)


@pytest.mark.parametrize("message", ["no route to %s", {"event": "loop failed"}])
def test_five_warnings_of_a_kind_pass_in_a_minute_and_the_next_tells_of_the_rest(
    message: str | dict[str, str],
) -> None:
    now_s = 0.0
    limit = RepeatLimit(clock=lambda: now_s)

    passed = [limit.filter(_warning(message, place)) for place in range(12)]
    others = limit.filter(_warning("another", 0))
    requests = [limit.filter(_record(logging.INFO, message, place)) for place in range(12)]
    now_s = 61.0
    later = _warning(message, 99)

    assert passed == [True] * 5 + [False] * 7
    assert others
    assert all(requests)
    assert limit.filter(later)
    assert "7" in (str(later.msg) if isinstance(later.msg, dict) else later.getMessage())


def _warning(message: str | dict[str, str], place: int) -> logging.LogRecord:
    return _record(logging.WARNING, message, place)


def _record(level: int, message: str | dict[str, str], place: int) -> logging.LogRecord:
    if isinstance(message, dict):
        facts = {**message, "place": str(place)}
        return logging.LogRecord("libs.common.rounds", level, "", 0, facts, None, None)
    arguments = (f"broker {place}",) if "%s" in message else ()
    return logging.LogRecord("kafka", level, "", 0, message, arguments, None)

"""The routes that need no token: health, metrics and each service's documentation."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import State

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.faults import DATABASE_ERRORS
from libs.common.health.probes import Component
from libs.common.http import file_response
from libs.common.messaging import Handlers
from libs.common.metrics import (
    CONNECTIONS_IN_USE,
    CONNECTIONS_LIMIT,
    DEGRADED,
    EVENTS_BEHIND,
    EVENTS_PARKED,
    LOOP_FAILURES,
    OLDEST_UNSENT_S,
    UP,
    WAITING,
)
from libs.common.openapi import document
from libs.common.openapi.docs_pages import add_docs_page
from libs.common.openapi.subjects import Subject, router_of
from libs.common.rounds.supervision import Supervisor
from libs.common.settings import Settings
from libs.common.waiting import ListWaiting

Warn = Callable[[AsyncSession, Settings], Awaitable[Mapping[str, str | None]]]
"""The problem of each part of a service, by its name; None if there is none."""

_log = structlog.get_logger(__name__)
_LONGEST_UNSENT = timedelta(minutes=1)
_READING_S = 5.0
"""For what a report reads in a database that answers."""
_MEASURING_S = 3.0
_NEEDED = ("database: ", "event log: ")  # for what is measured
_REPORT = {
    "ingest": {
        "problems": [],
        "warnings": ["pull:acc: The DSO asks us to be slower (429). Since 2026-10-27 08:00 UTC."],
        "parked": 0,
        "loops": ["relay", "record", "purge", "pull:acc", "consumer"],
    }
}
_HEALTH: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"example": {"status": "degraded", "services": _REPORT}}}}
}
_METRICS = '# TYPE elocoop_events_parked gauge\nelocoop_events_parked{service="billing"} 0.0\n'


def add_public_routes(app: FastAPI, services: Mapping[str, Sequence[Subject]]) -> None:
    """Add /health, and /NAME/docs with /NAME/openapi.json for each service; /metrics if enabled."""

    @app.get(
        "/health", tags=["health"], summary="Show whether every part is alive", responses=_HEALTH
    )
    async def health(request: Request) -> JSONResponse:
        """200 when every part runs, 503 (`failing`) when one does not, which `problems` names.

        Parts are the loops, and what the service cannot do without: the database, the event log,
        the issuer of tokens, the store of files, the mail server. They are asked together, and
        answer within some seconds or count as away.
        The report includes parked events, and what a running part cannot do, mostly because of
        another party: such `warnings` make it `degraded`, which is 200 too.
        This is for people and alarms. A machine that restarts processes asks `/live`, one that
        sends them requests `/ready`: no restart brings a mail server back.
        """
        report = await _report(request.app)
        status = _status(report)
        body = {"status": status, "services": report}
        return JSONResponse(body, status_code=503 if status == "failing" else 200)

    _add_probes(app)
    settings: Settings = app.state.settings
    if settings.serve_metrics:
        _add_metrics(app)
    for name, subjects in services.items():
        _add_docs(app, name, subjects)


def _add_probes(app: FastAPI) -> None:
    is_ok: dict[int | str, dict[str, Any]] = {
        200: {"content": {"application/json": {"example": {"status": "ok"}}}}
    }

    @app.get("/live", tags=["health"], summary="Show whether the process answers", responses=is_ok)
    async def live() -> JSONResponse:
        """200 while the process answers at all: restart it when it does not."""
        return JSONResponse({"status": "ok"})

    @app.get(
        "/ready",
        tags=["health"],
        summary="Show whether requests can be served",
        responses=is_ok,
    )
    async def ready(request: Request) -> JSONResponse:
        """200 while the database answers, 503 otherwise: send requests to another process."""
        database: Component = request.app.state.database_component
        if await database.find_problem():
            return JSONResponse({"status": "away"}, status_code=503)
        return JSONResponse({"status": "ok"})


def _add_metrics(app: FastAPI) -> None:
    @app.get(
        "/metrics",
        tags=["health"],
        summary="Show metrics for Prometheus",
        response_class=Response,
        responses=file_response("Counters and gauges", {"text/plain": _METRICS}),
    )
    async def metrics(request: Request) -> Response:
        """Counters and gauges of this process, in the text format of Prometheus."""
        await _measure(request.app, await _report(request.app))
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _add_docs(app: FastAPI, name: str, subjects: Sequence[Subject]) -> None:
    # It takes a second of the event loop, and never changes.
    service_document = cache(partial(service_openapi, name, subjects))

    @app.get(f"/{name}/openapi.json", include_in_schema=False)
    async def openapi() -> JSONResponse:
        return JSONResponse(service_document())

    add_docs_page(app, f"/{name}", title=f"Elocoop: {name}")


def service_openapi(name: str, subjects: Sequence[Subject]) -> dict[str, Any]:
    """Return the OpenAPI document of one service, with its paths as the gateway shows them."""
    alone = FastAPI()
    alone.include_router(router_of(subjects), prefix=f"/{name}")
    return document(f"Elocoop: {name}", alone.routes, subjects)


def _status(report: Mapping[str, Mapping[str, Any]]) -> str:
    if any(service["problems"] for service in report.values()):
        return "failing"
    return "degraded" if any(service["warnings"] for service in report.values()) else "ok"


async def _report(app: FastAPI) -> dict[str, dict[str, Any]]:
    state = app.state
    reports = (_report_one(name, state) for name in state.databases)
    return dict(zip(state.databases, await asyncio.gather(*reports), strict=True))


async def _report_one(name: str, state: State) -> dict[str, Any]:
    components: Sequence[Component] = [state.database_component, *state.components[name]]
    supervisor: Supervisor = state.supervisors[name]
    answers = await asyncio.gather(*(component.find_problem() for component in components))
    problems = []
    for component, problem in zip(components, answers, strict=True):
        UP.labels(name, component.name).set(problem is None)
        if problem:
            problems.append(f"{component.name}: {problem}")
    rows = _Rows() if answers[0] else await _read(name, state)
    for loop in supervisor.loops:
        LOOP_FAILURES.labels(name, loop.name).set(loop.failures)
        if loop.problem:
            problems.append(f"{loop.name}: {loop.problem}")
    return {
        "problems": [*problems, *rows.problems],
        "warnings": rows.warnings,
        "parked": rows.parked,
        "loops": [loop.name for loop in supervisor.loops],
    }


@dataclass(frozen=True)
class _Rows:
    """The answers of a service's database; parked: None if it does not answer."""

    problems: Sequence[str] = ()
    warnings: Sequence[str] = ()
    parked: int | None = None


async def _read(name: str, state: State) -> _Rows:
    database: Database = state.databases[name]
    warn: Warn | None = state.warns.get(name)
    try:
        async with asyncio.timeout(_READING_S), database.transaction() as session:
            warnings_by_part = await warn(session, state.settings) if warn else {}
            parked = await messaging.count_parked(session)
            unsent_since = await messaging.find_oldest_unsent(session)
            unsent_for = now_in(session) - unsent_since if unsent_since else timedelta()
    except TimeoutError:  # it has just answered its probe, so it or its pool is busy
        return _Rows(warnings=[f"database: busy, nothing read in {_READING_S:.0f} s"])
    except (*DATABASE_ERRORS, SQLAlchemyError, OSError) as error:
        return _Rows([f"database: {type(error).__name__}"])
    EVENTS_PARKED.labels(name).set(parked)
    OLDEST_UNSENT_S.labels(name).set(unsent_for.total_seconds())
    for component, warning in warnings_by_part.items():
        DEGRADED.labels(name, component).set(warning is not None)
    waits_long = unsent_for > _LONGEST_UNSENT
    return _Rows(
        [f"event log: events wait since {unsent_since:%Y-%m-%d %H:%M} UTC"] if waits_long else [],
        [f"{component}: {warning}" for component, warning in warnings_by_part.items() if warning],
        parked,
    )


async def _measure(app: FastAPI, report: Mapping[str, Mapping[str, Any]]) -> None:
    """Set the gauges that only monitoring reads; without its database, a service keeps the last.

    Whoever asks waits for some seconds only, and has waited already for what is away.
    """
    databases: Mapping[str, Database] = app.state.databases
    for name, database in databases.items():
        CONNECTIONS_IN_USE.labels(name).set(database.connections_in_use)
        CONNECTIONS_LIMIT.labels(name).set(database.most_connections)
    await asyncio.gather(
        *(
            _try_to_measure(name, app.state)
            for name in databases
            if not any(problem.startswith(_NEEDED) for problem in report[name]["problems"])
        )
    )


async def _try_to_measure(name: str, state: State) -> None:
    try:
        async with asyncio.timeout(_MEASURING_S):
            await _measure_one(name, state.databases[name], state)
    except Exception as error:  # noqa: BLE001 - each log has errors of its own
        _log.warning("not measured", service=name, error=type(error).__name__)


async def _measure_one(name: str, database: Database, state: State) -> None:
    list_waiting: ListWaiting | None = state.list_waitings[name]
    handlers: Handlers = state.handlers[name]
    if list_waiting:
        async with database.transaction() as session:
            for waiting in await list_waiting(session):
                WAITING.labels(name, waiting.kind).set(waiting.count)
    if handlers:
        behind = await messaging.count_waiting(database, state.event_logs[name], handlers)
        EVENTS_BEHIND.labels(name).set(behind)

"""The routes that need no token: health, metrics and each service's documentation."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache, partial
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.http import file_response
from libs.common.metrics import DEGRADED, EVENTS_PARKED, LOOP_FAILURES
from libs.common.openapi import document
from libs.common.openapi.docs_pages import add_docs_page
from libs.common.openapi.subjects import Subject, router_of
from libs.common.rounds.supervision import Supervisor
from libs.common.settings import Settings

Warn = Callable[[AsyncSession, Settings], Awaitable[Mapping[str, str | None]]]
"""The problem of each part of a service, by its name; None if there is none."""

_LONGEST_UNSENT = timedelta(minutes=1)
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
        """200 when every part runs, 503 (`failing`) when a database or a loop does not.

        The report includes parked events, and what a running part cannot do, mostly because of
        another party: such `warnings` make it `degraded`, which is 200 too, because a restart would
        not help.
        """
        report = await _report(request.app)
        status = _status(report)
        body = {"status": status, "services": report}
        return JSONResponse(body, status_code=503 if status == "failing" else 200)

    settings: Settings = app.state.settings
    if settings.serve_metrics:
        _add_metrics(app)
    for name, subjects in services.items():
        _add_docs(app, name, subjects)


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
        await _report(request.app)
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
    databases: Mapping[str, Database] = app.state.databases
    supervisors: Mapping[str, Supervisor] = app.state.supervisors
    warns: Mapping[str, Warn] = app.state.warns
    return {
        name: await _report_one(
            name, database, supervisors[name], warns.get(name), app.state.settings
        )
        for name, database in databases.items()
    }


async def _report_one(
    name: str,
    database: Database,
    supervisor: Supervisor,
    warn: Warn | None,
    settings: Settings,
) -> dict[str, Any]:
    problems = []
    parked = None
    warnings_by_part: Mapping[str, str | None] = {}
    try:
        async with database.transaction() as session:
            warnings_by_part = await warn(session, settings) if warn else {}
            parked = await messaging.count_parked(session)
            unsent_since = await messaging.find_oldest_unsent(session)
            now = now_in(session)
        EVENTS_PARKED.labels(name).set(parked)
        if unsent_since and now - unsent_since > _LONGEST_UNSENT:
            problems.append(f"event log: events wait since {unsent_since:%Y-%m-%d %H:%M} UTC")
    except (SQLAlchemyError, OSError) as error:
        problems.append(f"database: {type(error).__name__}")
    for loop in supervisor.loops:
        LOOP_FAILURES.labels(name, loop.name).set(loop.failures)
        if loop.problem:
            problems.append(f"{loop.name}: {loop.problem}")
    for component, warning in warnings_by_part.items():
        DEGRADED.labels(name, component).set(warning is not None)
    return {
        "problems": problems,
        "warnings": [
            f"{component}: {warning}" for component, warning in warnings_by_part.items() if warning
        ],
        "parked": parked,
        "loops": [loop.name for loop in supervisor.loops],
    }

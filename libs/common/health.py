"""The routes that need no token: health, metrics and each service's documentation."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from libs.common import messaging
from libs.common.database import Database
from libs.common.docs_pages import add_docs_page
from libs.common.metrics import EVENTS_PARKED, LOOP_FAILURES
from libs.common.openapi import document
from libs.common.supervision import Supervisor

_LONGEST_UNSENT = timedelta(minutes=1)


def add_public_routes(app: FastAPI, routers: Mapping[str, APIRouter]) -> None:
    """Add /health and /metrics, and /NAME/docs with /NAME/openapi.json for each service."""

    @app.get("/health", tags=["health"], summary="Is every part alive?")
    async def health(request: Request) -> JSONResponse:
        """200 when all is well, 503 when a database or a loop is not; parked events are told."""
        report = await _report(request.app)
        healthy = all(not service["problems"] for service in report.values())
        body = {"status": "ok" if healthy else "failing", "services": report}
        return JSONResponse(body, status_code=200 if healthy else 503)

    @app.get("/metrics", tags=["health"], summary="For Prometheus")
    async def metrics(request: Request) -> Response:
        """Counters and gauges of this process, in the text format of Prometheus."""
        await _report(request.app)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    for name, router in routers.items():
        _add_docs(app, name, router)


def _add_docs(app: FastAPI, name: str, router: APIRouter) -> None:
    @app.get(f"/{name}/openapi.json", include_in_schema=False)
    async def openapi() -> JSONResponse:
        return JSONResponse(service_openapi(name, router))

    add_docs_page(app, f"/{name}", title=f"Elocoop: {name}")


def service_openapi(name: str, router: APIRouter) -> dict[str, Any]:
    """The OpenAPI document of one service, with its paths as the gateway shows them."""
    alone = FastAPI()
    alone.include_router(router, prefix=f"/{name}", tags=[name])
    return document(f"Elocoop: {name}", alone.routes)


async def _report(app: FastAPI) -> dict[str, dict[str, Any]]:
    databases: Mapping[str, Database] = app.state.databases
    supervisors: Mapping[str, Supervisor] = app.state.supervisors
    return {
        name: await _report_one(name, database, supervisors[name])
        for name, database in databases.items()
    }


async def _report_one(name: str, database: Database, supervisor: Supervisor) -> dict[str, Any]:
    problems = []
    parked = None
    try:
        async with database.transaction() as session:
            parked = await messaging.count_parked(session)
            unsent_since = await messaging.find_oldest_unsent(session)
        EVENTS_PARKED.labels(name).set(parked)
        if unsent_since and datetime.now(UTC) - unsent_since > _LONGEST_UNSENT:
            problems.append(f"event log: events wait since {unsent_since:%Y-%m-%d %H:%M} UTC")
    except (SQLAlchemyError, OSError) as error:
        problems.append(f"database: {type(error).__name__}")
    for loop in supervisor.loops:
        LOOP_FAILURES.labels(name, loop.name).set(loop.failures)
        if loop.problem:
            problems.append(f"{loop.name}: {loop.problem}")
    return {
        "problems": problems,
        "parked": parked,
        "loops": [loop.name for loop in supervisor.loops],
    }

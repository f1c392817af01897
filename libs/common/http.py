"""The HTTP edge: one transaction per request, problems as problem+json, one log line each."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.common.database import Database
from libs.common.errors import Problem
from libs.common.metrics import REQUESTS

_log = structlog.get_logger(__name__)


class BodyIn(BaseModel):
    """A request body: unknown fields are refused, so that a typing error is seen."""

    model_config = ConfigDict(extra="forbid")


class BodyOut(BaseModel):
    """A response body."""

    model_config = ConfigDict(from_attributes=True)


class ProblemOut(BaseModel):
    """RFC 9457; a problem may have more members, which its detail explains."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/problems/days-incomplete"])
    title: str = Field(examples=["Some days are incomplete"])
    status: int = Field(examples=[409])
    detail: str = Field(examples=["2 days of 2026-10 miss readings."])
    instance: str = Field(examples=["/allocation/operations/ACC00000101/settlements"])


def session_of(service: str) -> Callable[[Request], AsyncIterator[AsyncSession]]:
    """Make the dependency that gives a route its transaction.

    Use it with ``Depends(…, scope="function")``: it commits before the answer leaves.
    """

    async def session(request: Request) -> AsyncIterator[AsyncSession]:
        database: Database = request.app.state.databases[service]
        async with database.transaction() as one:
            yield one

    return session


def problems(*classes: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route that can raise these, for OpenAPI."""
    titles: dict[int, list[str]] = {}
    for one in classes:
        titles.setdefault(one.status, []).append(f"{one.title} (`{one.slug}`)")
    return {
        status: {"model": ProblemOut, "description": "; ".join(texts)}
        for status, texts in sorted(titles.items())
    }


def add_error_handlers(app: FastAPI) -> None:
    """Render every refusal and every bug as application/problem+json."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, problem: Problem) -> JSONResponse:
        return _render(
            request,
            problem.status,
            type=problem.type_uri,
            title=problem.title,
            detail=problem.detail,
            **problem.facts,
        )

    @app.exception_handler(RequestValidationError)
    async def _malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [
            {"where": "/".join(map(str, one["loc"])), "what": one["msg"]} for one in error.errors()
        ]
        detail = "; ".join(f"{one['where']}: {one['what']}" for one in errors[:5])
        title = "The request is malformed"
        return _render(
            request, 422, type="/problems/malformed", title=title, detail=detail, errors=errors
        )

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        slug = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "http")
        return _render(
            request,
            error.status_code,
            type=f"/problems/{slug}",
            title=str(error.detail),
            detail=f"{request.method} on this path: {error.detail}. See /docs for what exists.",
        )

    @app.exception_handler(Exception)
    async def _bug(request: Request, _error: Exception) -> JSONResponse:
        detail = "This is our mistake; it has been logged. The request had no effect."
        return _render(request, 500, type="/problems/bug", title="Internal error", detail=detail)


def _render(request: Request, status: int, **members: object) -> JSONResponse:
    body = {**members, "status": status, "instance": request.url.path}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None  # noqa: PLR2004 - RFC 9110
    return JSONResponse(
        body, status_code=status, headers=headers, media_type="application/problem+json"
    )


class RequestLog:
    """ASGI middleware: measures requests and logs their route, never their path (it holds PRMs)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
        started_s = time.perf_counter()
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            seconds = time.perf_counter() - started_s
            REQUESTS.labels(scope["method"], route, status).observe(seconds)
            _log.info(
                "request",
                method=scope["method"],
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
            )

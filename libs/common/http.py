"""The HTTP edge: one transaction per request, problems as problem+json, one log line each."""

import re
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from python_multipart.multipart import parse_options_header
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.common import audit
from libs.common.database import Database, begin_with
from libs.common.errors import Problem
from libs.common.faults import is_fault, sqlstate_of
from libs.common.metrics import REQUESTS
from libs.common.problem_json import PROBLEM_JSON, render, render_overload

_CLIENT_GONE = 499  # nginx's word for it; nobody reads that answer
_READS = {"GET", "HEAD", "OPTIONS"}
_REQUEST_ID = b"x-request-id"
_FORM_CHARSETS = ("", "utf-8", "utf8", "us-ascii", "iso-8859-1")

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
    The audit log tells the caller of what changes in it.
    """

    async def session(request: Request) -> AsyncIterator[AsyncSession]:
        database: Database = request.app.state.databases[service]
        async with database.transaction() as one:
            if request.method not in _READS:
                caller = getattr(request.state, "principal", None)
                route = f"{request.method} {route_template(request.scope)}"
                subject, roles = (caller.subject, caller.roles) if caller else ("", ())
                begin_with(one, audit.naming(subject=subject, roles=roles, route=route))
            yield one

    return session


def problems(*classes: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route that can raise these, for OpenAPI."""
    examples: dict[int, dict[str, Any]] = {}
    for one in classes:
        examples.setdefault(one.status, {})[one.slug] = _example(one)
    return {
        status: {
            "model": ProblemOut,
            "description": "; ".join(f"{one['summary']} (`{slug}`)" for slug, one in ones.items()),
            "content": {PROBLEM_JSON: {"examples": ones}},
        }
        for status, ones in sorted(examples.items())
    }


def _example(one: type[Problem]) -> dict[str, Any]:
    members = {"type": f"/problems/{one.slug}", "title": one.title, "status": one.status}
    value = {**members, "detail": one.example_detail, **one.example_facts}
    return {"summary": one.title, "value": value}


def file_response(
    description: str, examples: Mapping[str, str | None]
) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route that answers a file, for OpenAPI.

    examples: first lines by media type; None of a binary one.
    """
    content = {
        media_type: {"schema": {"type": "string", "format": "binary"}}
        if example is None
        else {"schema": {"type": "string"}, "example": example}
        for media_type, example in examples.items()
    }
    return {200: {"description": description, "content": content}}


def attachment(name: str) -> dict[str, str]:
    """The headers of a file that browsers save under this name; our own, in plain ASCII."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def add_error_handlers(app: FastAPI) -> None:
    """Render every refusal and every bug as application/problem+json."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_malformed)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ClientDisconnect, _on_client_gone)
    app.add_exception_handler(PoolExhausted, _on_overload)
    app.add_exception_handler(DBAPIError, _on_database_error)
    app.add_exception_handler(UnicodeError, _on_unicode_error)
    app.add_exception_handler(Exception, _on_bug)


async def _on_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return render(request, problem.status, **problem.members)


async def _on_malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"where": "/".join(map(str, one["loc"])), "what": one["msg"]} for one in error.errors()
    ]
    detail = "; ".join(f"{one['where']}: {one['what']}" for one in errors[:5])
    return _malformed(request, detail=detail, errors=errors)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, ClientDisconnect):  # FastAPI wraps it while it reads a body
        return await _on_client_gone(request, error.__cause__)
    if error.status_code == 400:  # noqa: PLR2004 - FastAPI's only use of it
        return _on_unreadable_body(request, error)
    slug = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "http")
    answer = render(
        request,
        error.status_code,
        type=f"/problems/{slug}",
        title=str(error.detail),
        detail=f"{request.method} on this path: {error.detail}. See /docs for what exists.",
    )
    answer.headers.update(error.headers or {})
    if "Allow" in answer.headers:  # FastAPI tells the methods of one function only
        methods = request.app.openapi()["paths"].get(route_template(request.scope), [])
        told = sorted(map(str.upper, methods)) or [answer.headers["Allow"]]
        answer.headers["Allow"] = ", ".join(told)
    return answer


async def _on_client_gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=_CLIENT_GONE)


def _on_unreadable_body(request: Request, error: HTTPException) -> Response:
    match error.__cause__:
        case None:  # Starlette's words on a form
            what = error.detail.rstrip(".")
        case UnicodeError():
            what = "it is not in UTF-8"
        case RecursionError():
            what = "it is nested too deeply"
        case ValueError():
            what = "a number in it has too many digits"
        case fault:  # no room on the disk for a large form, for example
            raise fault
    return _malformed(request, detail=f"body: {what}", errors=[{"where": "body", "what": what}])


async def _on_overload(request: Request, _error: Exception) -> Response:
    return render_overload(
        request, "No connection to the database became free. Try again in a few seconds."
    )


async def _on_database_error(request: Request, error: Exception) -> Response:
    """A deadlock, for example, whose loser PostgreSQL chooses: it has had no effect."""
    if not is_fault(error):
        raise error  # our bug
    _log.warning("database at fault", error=type(error).__name__, sqlstate=sqlstate_of(error))
    return render_overload(
        request, "The database could not do it at the moment. Try again in a few seconds."
    )


async def _on_unicode_error(request: Request, error: Exception) -> Response:
    """A form that cannot be decoded; Starlette tries any codec of Python that a form names."""
    if _form_charset(request) in _FORM_CHARSETS:
        raise error  # the caller named nothing odd: it is our bug
    what = "the form is not in the charset that it names: send UTF-8"
    where = "header/content-type"
    errors = [{"where": where, "what": what}]
    return _malformed(request, detail=f"{where}: {what}", errors=errors)


def _form_charset(request: Request) -> str:
    _, options = parse_options_header(request.headers.get("content-type"))
    return options.get(b"charset", b"").decode("latin-1").lower()


async def _on_bug(request: Request, _error: Exception) -> Response:
    detail = "This is our mistake; it has been logged. The request had no effect."
    return render(request, 500, type="/problems/bug", title="Internal error", detail=detail)


def _malformed(request: Request, *, detail: str, errors: Sequence[object]) -> Response:
    title = "The request is malformed"
    return render(
        request, 422, type="/problems/malformed", title=title, detail=detail, errors=errors
    )


def route_template(scope: Scope) -> str:
    """The full route with its parameters' names, ``/community/members/{member_id}``.

    Never the path. For a route of an included router FastAPI keeps the template with the prefix
    in its context, and the route itself has the router's part only.
    """
    included = scope.get("fastapi", {}).get("effective_route_context")
    for route in (included, scope.get("route")):
        template = getattr(route, "path_format", None)
        if isinstance(template, str) and template:
            return template
    return "unknown"


class RequestLog:
    """ASGI middleware: measures requests and logs their route, never their path (it holds PRMs).

    Each has an id, ``X-Request-ID``: the caller's if it gives a plain one, else ours. It is in
    the answer, in all log lines and in the audit log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
        request_id = _request_id(scope)
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started_s = time.perf_counter()
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_REQUEST_ID, request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = route_template(scope)
            seconds = time.perf_counter() - started_s
            REQUESTS.labels(scope["method"], route, status).observe(seconds)
            _log.info(
                "request",
                method=scope["method"],
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
            )


def _request_id(scope: Scope) -> str:
    given = dict(scope["headers"]).get(_REQUEST_ID, b"").decode("latin-1")
    # One with 14 digits in a row would be hidden in the logs, as a PRM: ours has dashes.
    is_plain = re.fullmatch(r"(?!.*\d{14})[A-Za-z0-9_-]{8,64}", given)
    return given if is_plain else str(uuid4())

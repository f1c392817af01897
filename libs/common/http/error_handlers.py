"""Renders every refusal and every bug as application/problem+json."""

import errno
import socket
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from python_multipart.multipart import parse_options_header
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from libs.common.errors import Problem
from libs.common.faults import DATABASE_ERRORS, is_fault, sqlstate_of
from libs.common.http import route_template
from libs.common.http.answers import PRIVATE
from libs.common.http.problem_json import render, render_overload

_CLIENT_GONE = 499  # nginx's word for it; nobody reads that answer
_MOST_ERRORS = 20
_LIMITS = {
    *["ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "actual_length"],
    *["expected", "max_digits", "decimal_places", "whole_digits"],
}
"""Pydantic's facts about our own rules and the length of the input; others may hold input."""
_AWAY = (ConnectionError, TimeoutError, socket.gaierror)
_NO_ROOM = {
    *[errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE],
    *[errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EIO],
}
_FORM_CHARSETS = ("", "utf-8", "utf8", "us-ascii", "iso-8859-1")

_log = structlog.get_logger(__name__)


def add_error_handlers(app: FastAPI) -> None:
    """Register the handlers in the application."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_malformed)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ClientDisconnect, _on_client_gone)
    app.add_exception_handler(PoolExhausted, _on_overload)
    for database_error in DATABASE_ERRORS:
        app.add_exception_handler(database_error, _on_database_error)
    app.add_exception_handler(OSError, _on_fault)
    app.add_exception_handler(UnicodeError, _on_unicode_error)
    app.add_exception_handler(Exception, _on_bug)


async def _on_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return render(request, problem.status, **problem.members)


async def _on_malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    all_errors = error.errors()
    errors = [_described(error_facts) for error_facts in all_errors[:_MOST_ERRORS]]
    detail = "; ".join(f"{facts['where']}: {facts['what']}" for facts in errors[:5])
    return _malformed(request, detail=detail, errors=errors, error_count=len(all_errors))


def _described(error: Mapping[str, Any]) -> dict[str, Any]:
    """Describe an error with code and limits, for programs with words of their own."""
    limits = {
        name: value if isinstance(value, int | float) else str(value)
        for name, value in error.get("ctx", {}).items()
        if name in _LIMITS
    }
    where = "/".join(map(str, error["loc"]))
    return {"where": where, "what": error["msg"], "code": error["type"], "limits": limits}


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    match error.__cause__:  # FastAPI wraps it while it reads a body
        case ClientDisconnect() as gone:
            return await _on_client_gone(request, gone)
        case Problem() as problem:
            return await _on_problem(request, problem)
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
    if "Allow" in answer.headers:  # FastAPI names the methods of one function only
        methods = request.app.openapi()["paths"].get(route_template(request.scope), [])
        allowed_methods = sorted(map(str.upper, methods)) or [answer.headers["Allow"]]
        answer.headers["Allow"] = ", ".join(allowed_methods)
    return answer


async def _on_client_gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=_CLIENT_GONE)


def _on_unreadable_body(request: Request, error: HTTPException) -> Response:
    match error.__cause__:
        case None:  # Starlette's words about a form
            reason = error.detail.rstrip(".")
        case UnicodeError():
            reason = "it is not in UTF-8"
        case RecursionError():
            reason = "it is nested too deeply"
        case ValueError():
            reason = "a number in it has too many digits"
        case fault:  # no room on the disk for a large form, for example
            raise fault
    return _unreadable(request, "body", reason)


async def _on_overload(request: Request, _error: Exception) -> Response:
    return render_overload(
        request, "No connection to the database became free. Try again in a few seconds."
    )


async def _on_database_error(request: Request, error: Exception) -> Response:
    """Answer that the database failed: a deadlock's loser, for example, has had no effect."""
    if not is_fault(error):
        raise error  # our bug
    _log.warning("database at fault", error=type(error).__name__, sqlstate=sqlstate_of(error))
    return render_overload(
        request, "The database could not do it at the moment. Try again in a few seconds."
    )


async def _on_fault(request: Request, error: Exception) -> Response:
    """Answer that another machine or the disk failed, while nobody else said so."""
    assert isinstance(error, OSError)
    if not isinstance(error, _AWAY) and error.errno not in _NO_ROOM:
        raise error  # such as a missing file of ours: our bug
    _log.warning("at fault", error=type(error).__name__)
    return render_overload(
        request, "A part of the platform does not answer. Try again in a few seconds."
    )


async def _on_unicode_error(request: Request, error: Exception) -> Response:
    """Answer for a form that cannot be decoded; Starlette tries any codec that a form names."""
    if _form_charset(request) in _FORM_CHARSETS:
        raise error  # the caller named nothing unusual: it is our bug
    reason = "the form is not in the charset that it names: send UTF-8"
    return _unreadable(request, "header/content-type", reason)


def _form_charset(request: Request) -> str:
    _, options = parse_options_header(request.headers.get("content-type"))
    return options.get(b"charset", b"").decode("latin-1").lower()


async def _on_bug(request: Request, _error: Exception) -> Response:
    detail = "This is our mistake; it has been logged. The request had no effect."
    answer = render(request, 500, type="/problems/bug", title="Internal error", detail=detail)
    # Starlette answers it outside all middleware, and here the number is needed most.
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    answer.headers.update({**PRIVATE, "X-Request-ID": request_id})
    return answer


def _unreadable(request: Request, where: str, reason: str) -> Response:
    error = {"where": where, "what": reason, "code": "unreadable", "limits": {}}
    return _malformed(request, detail=f"{where}: {reason}", errors=[error], error_count=1)


def _malformed(
    request: Request, *, detail: str, errors: Sequence[object], error_count: int
) -> Response:
    return render(
        request,
        422,
        type="/problems/malformed",
        title="The request is malformed",
        detail=detail,
        errors=errors,
        error_count=error_count,
    )

"""HTTP: bodies, problems as problem+json, one log line for each request."""

import re
import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import structlog
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from libs.common.errors import Problem
from libs.common.http.problem_json import PROBLEM_JSON
from libs.common.metrics import REQUESTS

_REQUEST_ID = b"x-request-id"
_MOST_SURPRISES = 2000

_log = structlog.get_logger(__name__)


class BodyIn(BaseModel):
    """A request body: unknown fields are refused, so that typing errors are noticed."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_very_many_fields(cls, body: object) -> object:
        """Refuse at once: pydantic makes an error for each, a third of a second per mebibyte."""
        most = len(cls.model_fields) + _MOST_SURPRISES
        if isinstance(body, dict) and len(body) > most:
            facts = {"max_length": most, "actual_length": len(body)}
            raise PydanticCustomError("too_many_fields", "There are {actual_length} fields", facts)
        return body


class BodyOut(BaseModel):
    """A response body: its fields are always present, and documented so, even with a default."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_serialization_defaults_required=True
    )


class ProblemOut(BaseModel):
    """RFC 9457; a problem may have more members, which its detail explains."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/problems/days-incomplete"])
    title: str = Field(examples=["Some days are incomplete"])
    status: int = Field(examples=[409])
    detail: str = Field(examples=["2 days of 2026-10 miss readings."])
    instance: str = Field(examples=["/allocation/operations/ACC00000101/settlements"])


def problems(*classes: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of a route that can raise these, for OpenAPI."""
    examples: dict[int, dict[str, Any]] = {}
    for problem_class in classes:
        examples.setdefault(problem_class.status, {})[problem_class.slug] = example_of(
            problem_class.example()
        )
    return {
        status: {
            "model": ProblemOut,
            "description": "; ".join(
                f"{example['summary']} (`{slug}`)" for slug, example in examples_by_slug.items()
            ),
            "content": {PROBLEM_JSON: {"examples": examples_by_slug}},
        }
        for status, examples_by_slug in sorted(examples.items())
    }


def example_of(problem: Problem) -> dict[str, Any]:
    """Return a problem as an example of OpenAPI."""
    return {"summary": problem.title, "value": {**problem.members, "status": problem.status}}


def file_response(
    description: str, examples: Mapping[str, str | None]
) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of a route that answers with a file, for OpenAPI.

    examples: first lines by media type; None for a binary one.
    """
    content = {
        media_type: {"schema": {"type": "string", "format": "binary"}}
        if example is None
        else {"schema": {"type": "string"}, "example": example}
        for media_type, example in examples.items()
    }
    return {200: {"description": description, "content": content}}


def attachment(name: str) -> dict[str, str]:
    """Return the headers of a file that browsers save under this name; our own, in plain ASCII."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def route_template(scope: Scope) -> str:
    """Return the route with parameters' names, ``/community/members/{member_id}``, not the path.

    For a route of an included router FastAPI keeps the template with the prefix in its context, and
    the route itself has the router's part only.
    """
    included = scope.get("fastapi", {}).get("effective_route_context")
    for route in (included, scope.get("route")):
        template = getattr(route, "path_format", None)
        if isinstance(template, str) and template:
            return template
    return "unknown"


class RequestLog:
    """ASGI middleware: measures requests and logs their route, never their path (it holds PRMs).

    Each request gets an id of ours, ``X-Request-ID``, in the answer, in all log lines and in the
    audit log. The caller's own id is in the log lines, as ``client_request_id``.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
        request_id = str(uuid4())
        structlog.contextvars.bind_contextvars(
            request_id=request_id, **_service(scope), **_client_request_id(scope)
        )
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


def _service(scope: Scope) -> dict[str, str]:
    """Return the service that the path begins with, if it is one of this process."""
    name = scope["path"].removeprefix("/").partition("/")[0]  # the path may be *
    return {"service": name} if name in getattr(scope["app"].state, "handlers", {}) else {}


def _client_request_id(scope: Scope) -> dict[str, str]:
    """Return the caller's id if it is a plain one; it never replaces ours in other log lines."""
    client_id = dict(scope["headers"]).get(_REQUEST_ID, b"").decode("latin-1")
    # One with 14 digits in a row would be hidden in the logs, as a PRM.
    is_plain = re.fullmatch(r"(?!.*\d{14})[A-Za-z0-9_-]{8,64}", client_id)
    return {"client_request_id": client_id} if is_plain else {}

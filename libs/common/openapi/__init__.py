"""Additions to FastAPI's description of our routes.

Refusals are problem+json with an example each, successes describe the answer and who may call, and
parameters and fields have examples and units (see ``openapi.examples``).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from libs.common.auth.principals import Forbidden, IssuerUnreachable, TokenRefused
from libs.common.auth.step_up import StepUpNeeded
from libs.common.errors import Problem
from libs.common.http import example_of
from libs.common.http.allowances import AllowanceSpent
from libs.common.http.body_limits import BodyLimit
from libs.common.http.problem_json import PROBLEM_JSON
from libs.common.openapi.examples import give_field, give_parameter
from libs.common.openapi.subjects import Subject

_PROBLEM = {"$ref": "#/components/schemas/ProblemOut"}
_UNREADABLE = "The request cannot be read"
_MALFORMED = {
    "summary": _UNREADABLE,
    "value": {
        "type": "/problems/malformed",
        "title": "The request is malformed",
        "status": 422,
        "detail": "body/month: Field required",
        "errors": [
            {"where": "body/month", "what": "Field required", "code": "missing", "limits": {}}
        ],
        "error_count": 1,
    },
}
_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": (
        "An access token, for those who have an authenticator, or log in at the co-op's own issuer:"
        " what `POST /community/token` answers, with `code`, or what the issuer gives."
    ),
}
_SILENT = "Successful Response"
_DONE = {
    "200": "Done; the body has the outcome",
    "201": "Created; the body describes it",
    "202": "Accepted, and done soon after",
    "204": "Done; there is no body",
}


def document(
    title: str, routes: Sequence[BaseRoute], subjects: Sequence[Subject] = ()
) -> dict[str, Any]:
    """Return the OpenAPI document of these routes, in sections by subject."""
    openapi_document = get_openapi(
        title=title,
        version="0.1.0",
        description="Energy in watt-minutes, money in cents, instants in UTC, days in Paris.",
        routes=routes,
        tags=[dict(subject.tag) for subject in subjects],
    )
    _take_tokens(openapi_document)
    _complete_schemas(openapi_document.get("components", {}).get("schemas", {}))
    for path, method, route in _routes(openapi_document):
        _show_limits(route)
        _show_how_callers_are_refused(route)
        if "x-roles" in route:
            route["description"] += f"\n\nFor {', '.join(route['x-roles'])}."
        for parameter in route.get("parameters", []):
            give_parameter(parameter, method=method)
        route["responses"] = dict(sorted(route["responses"].items()))
        for status, response in route["responses"].items():
            if status >= "400":
                _show_problems(status, response, _filled(path, route))
            elif response["description"] == _SILENT:
                response["description"] = route["summary"] if method == "get" else _DONE[status]
    return openapi_document


def _complete_schemas(schemas: dict[str, Any]) -> None:
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for name, schema in schemas.items():
        for field, content in schema.get("properties", {}).items():
            give_field(field, content, answered=name.endswith("Out"))
        for example in schema.get("examples", ()):
            _show_nulls(example, schema, schemas)


def _show_nulls(example: object, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> None:
    """Name the fields that have to be named, though null: FastAPI leaves nulls out."""
    schema = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    if not isinstance(example, dict):
        return
    for name, field in schema.get("properties", {}).items():
        if name in example:
            _show_nulls(example[name], field, schemas)
        elif name in schema.get("required", ()) and {"type": "null"} in field.get("anyOf", ()):
            example[name] = None


def _take_tokens(document: dict[str, Any]) -> None:
    """Wherever the form of e-mail and password is good, let a token be pasted as well."""
    if schemes := document.get("components", {}).get("securitySchemes"):
        schemes["Token"] = _TOKEN
    for _, _, route in _routes(document):
        if "security" in route:
            route["security"].append({"Token": []})


def _routes(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            yield path, method, route


def _show_limits(route: dict[str, Any]) -> None:
    """Show what all routes refuse in the same way: too large a body, and too costly requests."""
    limit_bytes = route.pop("x-body-limit-bytes", None)
    if limit_bytes is not None and "requestBody" in route:
        route["x-body-limit-bytes"] = limit_bytes
        _show_problem(route, BodyLimit(limit_bytes).refusal(limit_bytes))
    if route.pop("x-cost", 0):
        _show_problem(route, AllowanceSpent.example())


def _show_how_callers_are_refused(route: dict[str, Any]) -> None:
    """Return the answers of every route that needs a token, so that none repeats them."""
    if "x-roles" in route:
        for refusal in (TokenRefused, Forbidden, IssuerUnreachable):
            _show_problem(route, refusal.example())
    if "x-step-up" in route:
        _show_problem(route, StepUpNeeded.example())


def _show_problem(route: dict[str, Any], problem: Problem) -> None:
    empty: dict[str, Any] = {"content": {PROBLEM_JSON: {"examples": {}}}}
    refusals = route["responses"].setdefault(str(problem.status), empty)
    problem_text = f"{problem.title} (`{problem.slug}`)"
    refusals["description"] = "; ".join(filter(None, [refusals.get("description"), problem_text]))
    refusals["content"][PROBLEM_JSON]["examples"][problem.slug] = example_of(problem)


def _show_problems(status: str, response: dict[str, Any], instance: str) -> None:
    """FastAPI documents them as the route's own type; error_handlers renders problem+json."""
    content = response.get("content")
    if not content:
        return
    if status == "422":  # of any route with parameters or a body, whatever else it refuses
        descriptions = [response["description"]] if PROBLEM_JSON in content else []
        response["description"] = "; ".join([*descriptions, f"{_UNREADABLE} (`malformed`)"])
        content.setdefault(PROBLEM_JSON, {"examples": {}})["examples"]["malformed"] = _MALFORMED
    examples = content.get(PROBLEM_JSON, {}).get("examples", {})
    shown_examples = {
        slug: {**example, "value": example["value"] | {"instance": instance}}
        for slug, example in examples.items()
    }
    response["content"] = {PROBLEM_JSON: {"schema": _PROBLEM, "examples": shown_examples}}


def _filled(path: str, route: Mapping[str, Any]) -> str:
    """Return the path with the examples of its parameters."""
    for parameter in route.get("parameters", []):
        if parameter["in"] == "path":
            example = parameter["schema"]["examples"][0]
            path = path.replace(f"{{{parameter['name']}}}", str(example))
    return path

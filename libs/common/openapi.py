"""What FastAPI does not say of our routes.

Refusals are problem+json, and parameters have examples that find something in the demonstration.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

_PROBLEM = {"$ref": "#/components/schemas/ProblemOut"}
_UNREADABLE = "The request cannot be read (`malformed`)"

_EXAMPLES = {
    "operation_id": "ACC00000101",
    "prm": "99110000000101",
    "month": "2026-10",
    "day": "2026-10-25",
    "valid_from": "2026-01-01",
    "number": 1,
    "direction": "consumption",
    "from_day": "2026-10-01",
    "to_day": "2026-11-01",
    "email": "someone@example.org",
    "organiser_id": "b7c25777-c1fc-51ef-b4aa-c3426818edaf",
    "member_id": "10f8515c-228d-565a-a280-05deda4d4302",
}
_ANY_ID = "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"


def document(title: str, routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The OpenAPI document of these routes."""
    made = get_openapi(
        title=title,
        version="0.1.0",
        description="Energy in watt-minutes, money in cents, instants in UTC, days in Paris.",
        routes=routes,
    )
    for route in _routes(made):
        for parameter in route.get("parameters", []):
            _give_example(parameter)
        for status, response in route["responses"].items():
            _name_problem(status, response)
    schemas = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    return made


def _routes(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        yield from methods.values()


def _give_example(parameter: dict[str, Any]) -> None:
    schema, name = parameter["schema"], parameter["name"]
    example = _EXAMPLES.get(name, _ANY_ID if schema.get("format") == "uuid" else None)
    if parameter.get("required") and example is not None:
        schema.setdefault("examples", [example])


def _name_problem(status: str, response: dict[str, Any]) -> None:
    """What FastAPI documents as the route's own type is problem+json, by libs/common/http.py."""
    content = response.get("content")
    if status < "400" or not content:
        return
    if not any(one.get("schema") == _PROBLEM for one in content.values()):  # FastAPI's own
        response["description"] = _UNREADABLE
    response["content"] = {"application/problem+json": {"schema": _PROBLEM}}

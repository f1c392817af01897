"""All routes of all services: as their OpenAPI lists them, and as docs/use/routes.md does."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from libs.common.app import create_app
from libs.common.auth.principals import Role
from libs.common.settings import Settings
from services.main import SERVICES
from tests.support.places import ROOT

Roles: TypeAlias = frozenset[Role] | None
"""Who may call a route, for what is theirs; None: anybody, without a token."""

_ROW = re.compile(r"^\| `([A-Z]+ /.+?)` \| (.+?) \| .+ \|$", re.MULTILINE)


@cache
def whole_document() -> Mapping[str, Any]:
    """Of all services together; made when it is first asked for, as that takes seconds."""
    return create_app(*SERVICES, settings=Settings(serve_metrics=True)).openapi()


@dataclass(frozen=True)
class Route:
    method: str  # in capitals
    path: str
    operation: Mapping[str, Any]
    """Its part of the OpenAPI document."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def roles(self) -> Roles:
        roles = self.operation.get("x-roles")
        return None if roles is None else frozenset(map(Role, roles))

    def url(self, values: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
        """Path and query with these values; what is required and unknown is as in its example."""
        path, query = self.path, {}
        for name, schema in self.parameters("path"):
            path = path.replace(f"{{{name}}}", values.get(name) or str(schema["examples"][0]))
        for name, schema in self.parameters("query"):
            if name in values or "examples" in schema:
                query[name] = values.get(name) or str(schema["examples"][0])
        return path, query

    def body(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What httpx is to send: the documented example with these values in it."""
        for media_type, content in self.operation.get("requestBody", {}).get("content", {}).items():
            if media_type == "application/json":
                return {"json": _with(values, _example(content["schema"]))}
            if media_type == "text/plain":
                return {"content": "x", "headers": {"content-type": media_type}}
        return {}

    def parameters(self, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Names and schemas of those in the path, or in the query."""
        for parameter in self.operation.get("parameters", []):
            if parameter["in"] == place:
                yield parameter["name"], parameter["schema"]


def _example(schema: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The first one; of a body without, the required fields' own."""
    if "$ref" in schema:
        return _example(
            whole_document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        )
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [_example(schema["items"])]
    fields = schema.get("properties", {})
    return {name: _example(fields[name]) for name in schema.get("required", [])}


def values_of(schema: Mapping[str, Any]) -> list[str]:
    """Those that it lists, if it does."""
    if "$ref" in schema:
        return values_of(
            whole_document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        )
    values = [str(value) for value in schema.get("enum", ())]
    return values + [
        value for alternative in schema.get("anyOf", ()) for value in values_of(alternative)
    ]


def _with(values: Mapping[str, Any], body: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(body, list):
        return [_with(values, item) for item in body]
    if not isinstance(body, dict):
        return body
    return {name: values.get(name) or _with(values, value) for name, value in body.items()}


@cache
def all_routes() -> Sequence[Route]:
    """With those that are of no service: /health and /metrics."""
    return tuple(
        Route(method.upper(), path, description)
        for path, methods in whole_document()["paths"].items()
        for method, description in methods.items()
    )


@cache
def documented_roles() -> Mapping[str, Roles]:
    """Who may call each route, by its name, as docs/use/routes.md has it: what was agreed on."""
    page = (ROOT / "docs" / "use" / "routes.md").read_text(encoding="utf-8")
    return MappingProxyType({name: _roles(words) for name, words in _ROW.findall(page)})


def _roles(words: str) -> Roles:
    return None if words == "anybody" else frozenset(map(Role, words.split(", ")))

"""What clients rely on in the OpenAPI documents, without their texts: docs/build/http/*.txt.

Of each route the parameters, the body and the answers with their types, and the statuses that it
refuses with; then the fields of each type. A `?` follows the name of what may be left out. Who may
call a route, and what for, is in docs/use/routes.md; limits and patterns are in the documents.

Run ``uv run python -m tests.support.http_contract`` after a change that you want, and say in
CHANGELOG.md what it means to clients; a test fails until then.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from libs.common.health.routes import service_openapi
from services.main import SERVICES
from tests.support.places import ROOT

FOLDER = ROOT / "docs" / "build" / "http"

_Json = Mapping[str, Any]


def contract(document: _Json) -> str:
    """Return the lines of a service's document: its routes, then the types that they name."""
    routes = [
        line
        for path, methods in sorted(document["paths"].items())
        for method, route in sorted(methods.items())
        for line in _route(f"{method.upper()} {path}", route)
    ]
    schemas = sorted(document["components"]["schemas"].items())
    types = [line for name, schema in schemas for line in _named_type(name, schema)]
    return "".join(f"{line}\n" for line in (*routes, "", *types))


def _route(name: str, route: _Json) -> Iterator[str]:
    yield name
    yield from sorted(map(_parameter, route.get("parameters", ())))
    if body := route.get("requestBody"):
        yield f"  body{'' if body.get('required') else '?'}: {_contents(body)}"
    statuses = sorted(route["responses"].items())
    for status, response in statuses:
        if status < "400":
            yield f"  {status} {_contents(response)}".rstrip()
    if refusals := [status for status, _ in statuses if status >= "400"]:
        yield f"  {' '.join(refusals)}"


def _parameter(parameter: _Json) -> str:
    field = _field(parameter["name"], parameter["schema"], is_required=parameter["required"])
    return f"  {parameter['in']} {field}"


def _contents(message: _Json) -> str:
    """Return the type of its JSON, and the media types of what else it may be."""
    return _either(
        _type(content.get("schema", {})) if media_type == "application/json" else media_type
        for media_type, content in message.get("content", {}).items()
    )


def _named_type(name: str, schema: _Json) -> Iterator[str]:
    if "properties" not in schema:
        yield f"{name} = {_type(schema)}"
        return
    yield name
    required = schema.get("required", ())
    for field, content in sorted(schema["properties"].items()):
        yield f"  {_field(field, content, is_required=field in required)}"


def _field(name: str, schema: _Json, *, is_required: bool) -> str:
    return f"{name}{'' if is_required else '?'}: {_type(schema)}"


def _type(schema: _Json) -> str:
    match schema:
        case {"$ref": reference}:
            text = str(reference).rsplit("/", 1)[-1]
        case {"const": value}:
            text = repr(value)
        case {"enum": values}:
            text = _either(map(repr, values))
        case {"anyOf": parts} | {"oneOf": parts}:
            text = _either(map(_type, parts))
        case {"prefixItems": parts}:
            text = f"[{', '.join(map(_type, parts))}]"
        case {"type": "array", "items": item}:
            text = f"[{_type(item)}]"
        case {"type": "object"}:
            text = _object(schema)
        case _:
            text = str(schema.get("format") or schema.get("type", "any"))
    return text


def _object(schema: _Json) -> str:
    """Return the types of the names and values of what may have any names."""
    name = _type({"type": "string", **schema.get("propertyNames", {})})
    values = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
    types = _either(_type(value) for value in values if isinstance(value, dict))
    return f"{{{name}: {types or 'any'}}}"


def _either(types: Iterable[str]) -> str:
    return " | ".join(sorted(types))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for service in SERVICES:
        file = FOLDER / f"{service.name}.txt"
        file.write_text(contract(service_openapi(service.name, service.subjects)), encoding="utf-8")


if __name__ == "__main__":
    main()

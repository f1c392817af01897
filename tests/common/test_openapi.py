"""The OpenAPI documents: what staff work from, and click through."""

from typing import Any

import pytest

from libs.common.app import create_app
from libs.common.health import service_openapi
from libs.common.settings import Settings
from services.main import SERVICES

_DOCUMENTS = [service_openapi(service.name, service.router) for service in SERVICES]
_DOCUMENTS.append(create_app(*SERVICES, settings=Settings()).openapi())
_SCHEMAS = {
    name: schema for one in _DOCUMENTS for name, schema in one["components"]["schemas"].items()
}


_ROUTES = [
    pytest.param(route, id=f"{method} {path}")
    for document in _DOCUMENTS
    for path, methods in document["paths"].items()
    for method, route in methods.items()
]


@pytest.mark.parametrize("route", _ROUTES)
def test_a_route_says_what_it_is_and_what_it_does(route: dict[str, Any]) -> None:
    assert route["summary"]
    assert route["description"]


@pytest.mark.parametrize("route", _ROUTES)
def test_required_parameters_have_examples(route: dict[str, Any]) -> None:
    required = [one for one in route.get("parameters", []) if one.get("required")]

    assert [one["name"] for one in required if "examples" not in one["schema"]] == []


@pytest.mark.parametrize("route", _ROUTES)
def test_refusals_are_problems(route: dict[str, Any]) -> None:
    for status, response in route["responses"].items():
        if status >= "400":
            assert list(response["content"]) == ["application/problem+json"]


@pytest.mark.parametrize("route", _ROUTES)
def test_bodies_have_examples(route: dict[str, Any]) -> None:
    for media_type, content in route.get("requestBody", {}).get("content", {}).items():
        if media_type == "application/json":
            assert _lacking_examples(content["schema"]) == []


def _lacking_examples(schema: dict[str, Any]) -> list[str]:
    """The required fields of a body for which a person would not know what to write."""
    if "examples" in schema or "enum" in schema:
        return []
    if schema.get("type") == "array":
        return _lacking_examples(schema["items"])
    if "$ref" not in schema:
        return [str(schema)]
    body = _SCHEMAS[schema["$ref"].rsplit("/", 1)[-1]]
    if "examples" in body or "enum" in body:
        return []
    return [
        f"{name}: {field}"
        for name in body.get("required", [])
        for field in _lacking_examples(body["properties"][name])
    ]

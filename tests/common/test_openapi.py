"""The OpenAPI documents: what staff work from, and click through."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from libs.common.app import create_app
from libs.common.health import service_openapi
from libs.common.http import ProblemOut
from libs.common.settings import Settings
from services.community.domain.documents import EXTENSIONS as DOCUMENT_TYPES
from services.main import SERVICES

_DOCUMENTS = [service_openapi(service.name, service.router) for service in SERVICES]
_DOCUMENTS.append(create_app(*SERVICES, settings=Settings()).openapi())
_SCHEMAS = {
    name: schema for one in _DOCUMENTS for name, schema in one["components"]["schemas"].items()
}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
_BINARY = {
    "application/pdf",
    "application/zip",
    "application/vnd.apache.parquet",
    *DOCUMENT_TYPES,
}


def _routes(document: dict[str, Any]) -> Iterator[Any]:
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            yield pytest.param(route, id=f"{method} {path}")


_ROUTES = [route for document in _DOCUMENTS for route in _routes(document)]
_ROUTES_OF_ALL = list(_routes(_DOCUMENTS[-1]))
"""Of one document, whose schemas have one name each."""


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
def test_each_refusal_has_an_example(route: dict[str, Any]) -> None:
    for status, response in route["responses"].items():
        if status >= "400":
            (content,) = response["content"].values()
            slugs = re.findall(r"\(`([a-z-]+)`\)", response["description"])
            assert slugs == list(content["examples"])
            lacking = [slug for slug, one in content["examples"].items() if not _is_told(one)]
            assert lacking == [], "give these Problem classes an example_detail"


def _is_told(example: dict[str, Any]) -> bool:
    problem = ProblemOut.model_validate(example["value"])
    return all([problem.title, problem.detail, problem.instance.startswith("/")])


@pytest.mark.parametrize("route", _ROUTES)
def test_what_succeeds_says_what_comes(route: dict[str, Any]) -> None:
    texts = [one["description"] for status, one in route["responses"].items() if status < "400"]

    assert texts
    assert "Successful Response" not in texts


@pytest.mark.parametrize("route", _ROUTES_OF_ALL)
def test_answers_have_complete_examples(route: dict[str, Any]) -> None:
    lacking = [
        field
        for media_type, content in _answers(route)
        if media_type == "application/json" and not {"example", "examples"} & content.keys()
        for field in _leaves_without_examples(content["schema"])
    ]

    assert lacking == [], (
        "add Field(examples=[…]) to these, or their names to libs/common/openapi_examples.py"
    )


@pytest.mark.parametrize("route", _ROUTES)
def test_files_are_binary_or_show_their_first_lines(route: dict[str, Any]) -> None:
    for media_type, content in _answers(route):
        if media_type != "application/json":
            is_binary = content.get("schema", {}).get("format") == "binary"
            assert is_binary != ("example" in content), (
                f"{media_type}: document it with libs.common.http.file_response(…)"
            )
            assert is_binary == (media_type in _BINARY)


def _answers(route: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, response in route["responses"].items():
        if status < "400":
            yield from response.get("content", {}).items()


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


def _leaves_without_examples(schema: dict[str, Any], name: str = "the body") -> list[str]:
    """What a page of documentation would fill with "string", 0 or nothing, or with a wrong type."""
    if "examples" in schema:
        wrong = [one for one in schema["examples"] if not _fits(one, schema)]
        return [f"{name} is no {one!r}" for one in wrong]
    if {"enum", "const"} & schema.keys():
        return []
    if "$ref" in schema:
        title = schema["$ref"].rsplit("/", 1)[-1]
        fields = _SCHEMAS[title].get("properties", {})
        return [
            leaf
            for field, content in fields.items()
            for leaf in _leaves_without_examples(content, f"{title}.{field}")
        ]
    if schema.get("type") == "array":
        return _leaves_without_examples(schema["items"], name)
    parts = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if not parts:
        return [name]
    return [leaf for one in parts for leaf in _leaves_without_examples(one, name)]


def _fits(example: object, schema: dict[str, Any]) -> bool:
    """Whether it has the JSON type that the schema tells, if it tells one."""
    if "anyOf" in schema:
        return any(_fits(example, one) for one in schema["anyOf"])
    if schema.get("type") == "array" and isinstance(example, list):
        return all(_fits(one, schema["items"]) for one in example)
    kind = schema.get("type")
    if kind is None:
        return True
    return isinstance(example, _TYPES[kind]) and isinstance(example, bool) == (kind == "boolean")

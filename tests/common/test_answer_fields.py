"""What an answer always has, its document promises: pages need no "maybe" for it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from libs.common.app import Service
from libs.common.health.routes import service_openapi
from services.main import SERVICES

_SCHEMA = "#/components/schemas/"
_FROZEN: Mapping[str, set[str]] = {
    "billing": {"FrozenProfileOut", "InvoiceOut", "LineOut", "PartyOut", "UsageOut"},
}
"""By service: what is answered as it was frozen, without what its content does not have."""
_WITH_FROZEN: Mapping[str, set[str]] = {
    "billing": {
        "post_drafts",
        "list_invoices",
        "get_invoice",
        "issue_invoices",
        "post_credit_note",
    },
}


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_fields_of_answers_are_required_with_a_default_too(service: Service) -> None:
    document = service_openapi(service.name, service.subjects)
    schemas = document["components"]["schemas"]
    answered = _answered(document)

    assert answered
    lacking = {name for name in answered if _optional(schemas[name])}
    assert lacking == _FROZEN.get(service.name, set()), (
        "derive what is answered from libs.common.http.BodyOut, of a body too: XOut(XBody, BodyOut)"
    )


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_only_what_is_frozen_is_answered_without_some_of_its_fields(service: Service) -> None:
    leaving_out = {
        route.name
        for context in iter_route_contexts(service.router.routes)
        if isinstance(route := context.original_route, APIRoute)
        and (
            route.response_model_exclude_unset
            or route.response_model_exclude_defaults
            or route.response_model_exclude_none
            or route.response_model_exclude
            or route.response_model_include
        )
    }

    assert leaving_out == _WITH_FROZEN.get(service.name, set())


def _answered(document: Mapping[str, Any]) -> set[str]:
    """Names of all schemas in answers that succeed, however deep."""
    schemas = document["components"]["schemas"]
    fields: set[str] = set()
    new = {
        name
        for methods in document["paths"].values()
        for route in methods.values()
        for status, answer in route["responses"].items()
        if status < "400"
        for name in _references(answer)
    }
    while new:
        fields |= new
        new = {inner for name in new for inner in _references(schemas[name])} - fields
    return fields


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        schema = list(schema.values())
    if isinstance(schema, list):
        for item in schema:
            yield from _references(item)
    elif isinstance(schema, str) and schema.startswith(_SCHEMA):
        yield schema.removeprefix(_SCHEMA)


def _optional(schema: Mapping[str, Any]) -> set[str]:
    return {*schema.get("properties", ())} - {*schema.get("required", ())}

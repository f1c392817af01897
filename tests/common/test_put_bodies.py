"""A PUT names every field of what it replaces: nothing is emptied by being left out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.common.outgoing import open_client
from services.cli.processes import ServiceTransport
from tests.support.forms import forms
from tests.support.ids import new_operation_id
from tests.support.platform import Platform
from tests.support.routes import whole_document

_MAY_LEAVE_OUT = {
    # Recorded once: another content under the same id is refused.
    "/billing/issuers/{issuer_id}/mandates/{mandate_id}",
    "/billing/issuers/{issuer_id}/collections/{collection_id}",
    "/community/members/{member_id}/consents/{consent_id}",
    "/community/organisers/{organiser_id}/capital/movements/{movement_id}",
    "/community/requests/{request_id}/operation",
    # A step of a request, with its reason.
    "/community/requests/{request_id}/stage",
    # Each method of voting has a field of its own, and without any the vote is blank.
    "/community/operations/{operation_id}/polls/{poll_id}/ballots/{member_id}",
}
_NO_THINGS = {
    "rule": "of a series: the conditions of its days; one that is not named holds always",
    "windows": "of an hour class: conditions too",
    "rules": "of validation: differences from the defaults, which GET shows whole",
}
"""Fields whose forms may leave something out, with the reason."""
_MEMBER = {
    "kind": "household",
    "name": "Lucie Brindille",
    "address": "1 rue\n99110 Aurelle",
    "email": None,
    "siren": None,
    "vat_number": "BE0203201340",
    "language": "fr",
    "delivery_address": None,
}

_PRICE = {
    "producer": None,
    "consumer": None,
    "group": None,
    "hour_class": None,
    "price_eur_per_kwh": "0.125",
    "vat_rate": "0.20",
    "vat_mention": None,
    "valid_from": "2026-01-01",
    "valid_to": None,
}
_PRICES = {
    "groups": [],
    "hour_classes": [],
    "indexes": [],
    "fees": [],
    "discounts": [],
    "unknown_hours": "refuse",
}


def _schema(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return whole_document()["components"]["schemas"][name] if name else schema


def _bodies() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path, operations in whole_document()["paths"].items():
        content = operations.get("put", {}).get("requestBody", {}).get("content", {})
        if "application/json" in content:
            schema = _schema(content["application/json"]["schema"])
            yield path, _schema(schema["items"]) if "items" in schema else schema


def _optional(schema: Mapping[str, Any]) -> set[str]:
    """Return the fields that may be left out, those of forms within the form too."""
    fields = schema.get("properties", {})
    optional = set(fields) - set(schema.get("required", ()))
    for name, field in fields.items():
        if name not in _NO_THINGS:
            for form in _forms(field):
                optional |= {f"{name}.{inner}" for inner in _optional(form)}
    return optional


def _forms(field: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the forms that may stand in a field: alone, in a list, or by name."""
    if "$ref" in field:
        yield _schema(field)
    inner = [*field.get("anyOf", ()), *field.get("allOf", ()), *field.get("oneOf", ())]
    elements = (field.get("items"), field.get("additionalProperties"))
    inner.extend(element for element in elements if isinstance(element, Mapping))
    for subschema in inner:
        yield from _forms(subschema)


def test_a_put_names_every_field_of_what_it_replaces() -> None:
    optional = {path: _optional(schema) for path, schema in _bodies()}

    assert len(optional) > 40
    assert {path for path, names in optional.items() if names} == _MAY_LEAVE_OUT


def test_examples_name_every_field_of_what_they_replace() -> None:
    missing = [
        (path, sorted(set(schema.get("required", ())) - set(example)))
        for path, schema in _bodies()
        for example in schema.get("examples", ())
        if not set(schema.get("required", ())) <= set(example)
    ]

    assert missing == []


def test_the_forms_of_tests_are_those_of_routes() -> None:
    """A route that has gone, or a field, would stay in them unseen."""
    fields = {re.sub(r"\{\w+\}", "*", path[1:]): _names(schema) for path, schema in _bodies()}

    strangers = {route: form - fields.get(route, set()) for route, form in forms().items()}
    assert {route: names for route, names in strangers.items() if names} == {}


def _names(schema: Mapping[str, Any]) -> set[str]:
    """Return the fields of a form, and of those within it: ``quorum.of``."""
    names = set(schema.get("properties", {}))
    for name, field in schema.get("properties", {}).items():
        for form in _forms(field):
            names |= {f"{name}.{inner}" for inner in _names(form)}
    return names


@pytest.mark.parametrize("name", ["email", "siren", "vat_number", "language", "delivery_address"])
async def test_what_is_left_out_is_asked_for_and_stays(
    platform: Platform, operator: httpx.AsyncClient, name: str
) -> None:
    path = f"/community/members/{uuid4()}"
    recorded = await operator.put(path, json=_MEMBER)
    rest = {field: value for field, value in _MEMBER.items() if field != name}

    async with _without_forms(platform, operator) as client:
        answer = await client.put(path, json=rest)

    assert answer.status_code == 422
    assert f"body/{name}" in answer.text
    assert (await operator.get(path)).json() == recorded.json()


async def test_what_is_left_out_of_a_line_of_a_list_is_asked_for(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    path = f"/billing/operations/{new_operation_id()}/prices"
    prices = _PRICES | {"entries": [_PRICE | {"index": None}]}

    async with _without_forms(platform, operator) as client:
        whole = await client.put(path, json=prices)
        answer = await client.put(path, json=prices | {"entries": [_PRICE]})

    assert whole.status_code == 200, whole.text
    assert answer.status_code == 422
    assert "body/entries/0/index" in answer.text


def _without_forms(platform: Platform, operator: httpx.AsyncClient) -> httpx.AsyncClient:
    return open_client(
        base_url="http://127.0.0.1",
        transport=ServiceTransport(platform.ports),
        headers={"Authorization": operator.headers["Authorization"]},
        silence_s=60,
    )

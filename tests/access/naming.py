"""Where a request names something that is somebody's: in its path, or however deep in its body."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.access.coops import Coop
from tests.access.requests import ask
from tests.community.coop import today
from tests.support.routes import Route, whole_document

_OF_EACH, _AS_KEY = "[]", "{}"
_PRM, _OPERATION = "^[0-9]{14}$", "^ACC[0-9]{8}$"
_NOBODYS = {"month", "number", "period", "siret", "valid_from", "version", "year"}
_CALLED: Mapping[str, str] = {
    "categories": "prm",
    "collected_by": "member_id",
    "consumer": "prm",
    "consumers": "prm",
    "expected": "prm",
    "facilitator_ids": "member_id",
    "invoice_ids": "invoice_id",
    "members": "member_id",
    "operation_ids": "operation_id",
    "producer": "plant_prm",
    "removed": "prm",
    "supplier_by_consumer_eur_per_kwh": "prm",
}
"""Fields, by what a co-op knows the same as."""
_MADE_BY_PUTTING = {
    "article_id",
    "challenge_id",
    "collection_id",
    "document_id",
    "enrolment_id",
    "gathering_id",
    "key_id",
    "mandate_id",
    "poll_id",
    "series_id",
}
"""A new one each time, lest what is there already be refused for what it is."""


@dataclass(frozen=True)
class Naming:
    """One place of a route's requests in which something is named."""

    route: Route
    place: tuple[str, ...]
    """Of what a path names, its name alone; of a body, ``body`` and the fields that lead there."""

    @property
    def name(self) -> str:
        return f"{self.route.name} {'/'.join(self.place)}"

    @property
    def is_in_body(self) -> bool:
        return self.place[0] == "body"

    @property
    def called(self) -> str:
        """By the name under which a co-op knows it."""
        field = _field(self.place)
        return _CALLED.get(field, field)

    async def ask(self, client: httpx.AsyncClient, ours: Coop, target: str) -> httpx.Response:
        """With what is ours, but for this; from today on, so that no former day is the reason."""
        values = {**ours.known, "valid_from": str(today())}
        if not self.is_in_body:
            return await ask(client, self.route, {**values, self.called: target})
        if self.route.method == "PUT":
            values |= {name: str(uuid4()) for name in _MADE_BY_PUTTING if self._has_last(name)}
        body = _put(_example(self.route, self.place[1:], values), self.place[1:], target)
        return await ask(client, self.route, values, json=body)

    def _has_last(self, name: str) -> bool:
        return self.route.path.endswith(f"/{{{name}}}")


def namings(route: Route) -> Iterator[Naming]:
    """All of a route."""
    for name, _ in route.parameters("path"):
        if name not in _NOBODYS:
            yield Naming(route, (name,))
    for place in _places(_schema(route)):
        if _field(place) not in _NOBODYS:
            yield Naming(route, ("body", *place))


def _field(place: tuple[str, ...]) -> str:
    return next(step for step in reversed(place) if step not in {_OF_EACH, _AS_KEY})


def _schema(route: Route) -> Mapping[str, Any]:
    """Of its body, if it is JSON."""
    contents = route.operation.get("requestBody", {}).get("content", {})
    schema: Mapping[str, Any] = contents.get("application/json", {}).get("schema", {})
    return schema


def _inner(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    inner: Mapping[str, Any] = whole_document()["components"]["schemas"].get(name, schema)
    return inner


def _places(schema: Mapping[str, Any], within: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    reference = schema.get("$ref")
    if reference is not None and reference not in within:
        yield from _places(_inner(schema), (*within, reference))
    if schema.get("format") == "uuid" or schema.get("pattern") in {_PRM, _OPERATION}:
        yield ()
    if _PRM in schema.get("patternProperties", ()):
        yield (_AS_KEY,)
    for name, subschema in schema.get("properties", {}).items():
        yield from ((name, *rest) for rest in _places(subschema, within))
    for subschema in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _places(subschema, within)
    if "items" in schema:
        yield from ((_OF_EACH, *rest) for rest in _places(schema["items"], within))


def _example(route: Route, place: tuple[str, ...], values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The documented body that has this field, or else the first, with what is ours in it."""
    ids = {name: value for name, value in values.items() if name.endswith(("_id", "_ids", "prm"))}
    own_names = ids | {"valid_from": values["valid_from"]}
    examples = _inner(_schema(route)).get("examples", ())
    having = next((example for example in examples if place[0] in example), None)
    if having is None:
        return route.body(own_names)["json"]
    return {name: own_names.get(name) or value for name, value in having.items()}


def _put(body: Any, place: tuple[str, ...], target: str) -> Any:  # noqa: ANN401 - JSON
    """The body with this in that place, whatever was there before."""
    if not place:
        return target
    step, rest = place[0], place[1:]
    if step == _OF_EACH:
        return [_put(body[0] if body else None, rest, target)]
    if step == _AS_KEY:
        return {target: next(iter((body or {}).values()), "household")}
    return {**(body or {}), step: _put((body or {}).get(step), rest, target)}

"""The OpenAPI document of several services: those of each, put together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

_SCHEMA = "#/components/schemas/"


def put_together(own: Mapping[str, Any], of_services: Mapping[str, Any]) -> dict[str, Any]:
    """own: of the routes that are no service's, which gives the title; of_services: by name.

    A schema is called as in the service's document; one of several services that is not the same
    in each has its service before its name: ``AllocationPointOut``. Tags of one name are one.
    """
    documents = {"": own, **of_services}
    ambiguous = _find_ambiguous(documents)
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for service, document in documents.items():
        names = {
            name: f"{service.capitalize()}{name}" if name in ambiguous else name
            for name in _schemas(document)
        }
        paths |= _renamed(document["paths"], names)
        for name, schema in _schemas(document).items():
            # What is the same in several services keeps the place of the first.
            schemas.setdefault(names[name], _renamed(schema, names))
    components = {**_components(documents), "schemas": dict(sorted(schemas.items()))}
    tags = {tag["name"]: tag for told in documents.values() for tag in told.get("tags", [])}
    return {**own, "tags": list(tags.values()), "paths": paths, "components": components}


def _components(documents: Mapping[str, Any]) -> dict[str, Any]:
    """But for schemas: how one logs in, which each service tells alike."""
    return {
        kind: content
        for document in documents.values()
        for kind, content in document.get("components", {}).items()
        if kind != "schemas"
    }


def _find_ambiguous(documents: Mapping[str, Any]) -> set[str]:
    """Names of schemas that mean something else in another document."""
    counts = Counter(name for document in documents.values() for name in _schemas(document))
    several = {name for name, count in counts.items() if count > 1}
    ambiguous: set[str] = set()
    while more := {
        name for name in several - ambiguous if _is_ambiguous(name, documents, ambiguous)
    }:
        ambiguous |= more
    return ambiguous


def _is_ambiguous(name: str, documents: Mapping[str, Any], ambiguous: set[str]) -> bool:
    """Whether it is another schema in some, or has one in it that is."""
    all_told = [schemas[name] for one in documents.values() if name in (schemas := _schemas(one))]
    return any(told != all_told[0] for told in all_told) or any(
        reference in ambiguous for reference in _references(all_told[0])
    )


def _schemas(document: Mapping[str, Any]) -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
    return schemas


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _references(one)
    elif isinstance(part, str) and part.startswith(_SCHEMA):
        yield part.removeprefix(_SCHEMA)


def _renamed(part: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    """With references to schemas by these names; what is given stays as it is."""
    if isinstance(part, dict):
        return {key: _renamed(one, names) for key, one in part.items()}
    if isinstance(part, list):
        return [_renamed(one, names) for one in part]
    if isinstance(part, str) and part.startswith(_SCHEMA):
        return _SCHEMA + names[part.removeprefix(_SCHEMA)]
    return part

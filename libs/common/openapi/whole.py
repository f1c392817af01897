"""The OpenAPI document of several services: theirs, put together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

_SCHEMA = "#/components/schemas/"


def put_together(common: Mapping[str, Any], service_documents: Mapping[str, Any]) -> dict[str, Any]:
    """Merge the documents. common: routes that belong to no service, and the title; others by name.

    A schema keeps its name in the service's document; one that differs between services gets its
    service before its name: ``AllocationPointOut``. Tags of one name are one section.
    """
    documents = {"": common, **service_documents}
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
            # A schema that several services share keeps the place of the first.
            schemas.setdefault(names[name], _renamed(schema, names))
    components = {**_components(documents), "schemas": dict(sorted(schemas.items()))}
    tags = {tag["name"]: tag for document in documents.values() for tag in document.get("tags", [])}
    return {**common, "tags": list(tags.values()), "paths": paths, "components": components}


def _components(documents: Mapping[str, Any]) -> dict[str, Any]:
    """Return the components other than schemas: the log-in, which each service declares alike."""
    return {
        kind: content
        for document in documents.values()
        for kind, content in document.get("components", {}).items()
        if kind != "schemas"
    }


def _find_ambiguous(documents: Mapping[str, Any]) -> set[str]:
    """Return names of schemas that mean something else in another document."""
    counts = Counter(name for document in documents.values() for name in _schemas(document))
    several = {name for name, count in counts.items() if count > 1}
    ambiguous: set[str] = set()
    while more := {
        name for name in several - ambiguous if _is_ambiguous(name, documents, ambiguous)
    }:
        ambiguous |= more
    return ambiguous


def _is_ambiguous(name: str, documents: Mapping[str, Any], ambiguous: set[str]) -> bool:
    """Return whether the schema differs between documents, or contains one that does."""
    variants = [
        schemas[name] for document in documents.values() if name in (schemas := _schemas(document))
    ]
    return any(variant != variants[0] for variant in variants) or any(
        reference in ambiguous for reference in _references(variants[0])
    )


def _schemas(document: Mapping[str, Any]) -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
    return schemas


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _references(child)
    elif isinstance(node, str) and node.startswith(_SCHEMA):
        yield node.removeprefix(_SCHEMA)


def _renamed(node: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    """Return the node with references to schemas by these names; the input stays unchanged."""
    if isinstance(node, dict):
        return {key: _renamed(child, names) for key, child in node.items()}
    if isinstance(node, list):
        return [_renamed(child, names) for child in node]
    if isinstance(node, str) and node.startswith(_SCHEMA):
        return _SCHEMA + names[node.removeprefix(_SCHEMA)]
    return node

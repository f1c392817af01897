"""One word, one meaning (docs/build/style.md): each name of a type says the same everywhere."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.support.places import ROOT

_OF_ONE_SERVICE = ("schemas", "tables")
"""Layers whose names stand in the OpenAPI document, or the database, of their service alone."""

_COPIES = {
    *("Block", "Challenge", "Consent", "DayShare", "DetailedPair", "Granularity", "Language"),
    *("Measured", "MemberKind", "MissingSteps", "Participation", "Perimeter", "Purpose"),
    *("SettledPair", "SettledPoint", "Settlement", "StepChange"),
}
"""Facts of one service that another keeps, as far as it needs them: the meaning is the same."""

_OF_EACH_SERVICE = {
    "InLanguage": "the language of an answer",
    "OperationDay": "an operation and a day",
    "OperationMonth": "an operation and a month",
    "OperationUnknown": "the refusal, with the service's own words",
    "PointUnknown": "the refusal, with the service's own words",
    "Purger": "the round that deletes what is too old",
    "Session": "the session of a route",
}
_IN_DOCUMENTS = {
    "Basis": "of a comparison in allocation, of an operation's right to share in community",
    "Channel": "of documents in billing, of notifications in community, of files in ingest",
    "DocumentKind": "of invoices in billing, of papers in community",
    "Frequency": "of reports in billing, of gatherings in community",
    "Method": "of counting votes in community, of estimating in ingest",
    "Reading": "the source of a reading in allocation, a reading in ingest",
    "Rule": "of the sharing of a step in allocation, of the validation of readings in ingest",
}
"""Different things, in OpenAPI documents of different services, whose names do not change."""


def test_no_name_of_a_type_has_two_meanings() -> None:
    places = defaultdict(list)
    for folder in ("libs", "services"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            module = path.relative_to(ROOT)
            for name in _types(ast.parse(path.read_text(encoding="utf-8"))):
                places[_owner(module), name].append(f"{module}")

    assert len(places) > 2000
    twice = {name: modules for (_, name), modules in places.items() if len(modules) > 1}
    allowed = {*_COPIES, *_OF_EACH_SERVICE, *_IN_DOCUMENTS}
    assert {name: twice[name] for name in twice.keys() - allowed} == {}
    assert allowed - twice.keys() == set(), "these have one meaning now: take them off the lists"


def _owner(module: Path) -> str | None:
    """Return the service within which alone a name of this module is to be unique."""
    root, service, *rooms = module.parts
    return service if root == "services" and rooms[0] in _OF_ONE_SERVICE else None


def _types(tree: ast.Module) -> Iterator[str]:
    """Yield the public names of classes, and of types that are put together from others."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                pass
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp())
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.Subscript() | ast.BinOp())
            ):
                pass
            case _:
                continue
        if name[0].isupper() and not name.isupper():
            yield name

"""The READMEs of the services: one form, the events that there are, and names that exist."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from libs.common.events.topics import ALL_EVENTS
from services.main import SERVICES
from tests.support.places import ROOT

_HEADINGS = [
    "Owns",
    "Does not own",
    "Consumes",
    "Publishes",
    "Rooms",
    "Subjects",
    "How to add",
    "Routes",
]
_MOST_LINES = 100
_EVENT = re.compile(r"`(\w+\.\w+\.v\d)`")
_NAME = re.compile(r"`([\w./-]+)`")
_NOT_OURS = {"httpx"}
_OUTSIDE = ("docs/", "libs/", "services/", "tests/", "web/", "docker-compose.yml")
_IN_CAPITALS = re.compile(r"\b(SHAPE|NAME|TYPE|SUBJECT|PUBLISHER)\b")
"""What a reader puts in."""


def test_the_readmes_of_the_services_have_one_form() -> None:
    headings = {service.name: list(_parts(_readme(service.name))) for service in SERVICES}

    assert headings == {service.name: _HEADINGS for service in SERVICES}
    for service in SERVICES:
        assert len(_readme(service.name).read_text().splitlines()) <= _MOST_LINES, service.name


def test_a_readme_lists_the_events_that_its_service_handles_and_publishes() -> None:
    for service in SERVICES:
        parts = _parts(_readme(service.name))
        types = {event.type for event in ALL_EVENTS if event.type.startswith(f"{service.name}.")}

        assert set(_EVENT.findall(parts["Consumes"])) == {
            event.type for event in service.handlers
        }, service.name
        assert set(_EVENT.findall(parts["Publishes"])) == types, service.name


@pytest.mark.parametrize(
    "folder", ["libs/common", *(f"services/{service.name}" for service in SERVICES)]
)
def test_a_readme_names_what_exists(folder: str) -> None:
    parts = _parts(ROOT / folder / "README.md")
    names = [
        name
        for heading in ("Rooms", "Subjects", "How to add")
        for name in _NAME.findall(parts.get(heading, ""))
        if name not in _NOT_OURS and not _IN_CAPITALS.search(name)
    ]

    assert len(names) > 30
    assert [name for name in names if not _exists(ROOT / folder, name)] == []


def _exists(folder: Path, name: str) -> bool:
    """A path from the root, or from any folder of the service; the stem of one; a word of code."""
    if name.startswith(_OUTSIDE):
        return (ROOT / name).exists()
    path = name.rstrip("/")
    return any(f"/{place}".endswith(f"/{path}") for place in _places(folder)) or (
        "/" not in path and set(path.split(".")) <= _words(folder)
    )


@cache
def _places(folder: Path) -> frozenset[str]:
    """Paths of files and folders, with and without .py."""
    paths = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    return frozenset([*paths, *(path.removesuffix(".py") for path in paths)])


@cache
def _words(folder: Path) -> frozenset[str]:
    """The words of its code, and of the code that services share."""
    return frozenset(
        word
        for root in {folder, ROOT / "libs"}
        for path in root.rglob("*.py")
        for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
    )


def _readme(service_name: str) -> Path:
    return ROOT / "services" / service_name / "README.md"


def _parts(page: Path) -> dict[str, str]:
    """The text under each heading, in order."""
    return dict(_headed(page.read_text(encoding="utf-8")))


def _headed(text: str) -> Iterator[tuple[str, str]]:
    for section in text.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        yield heading, body

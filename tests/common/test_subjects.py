"""Rooms by subject: how full folders are, and which subjects use which (ADR 38)."""

import re
from collections import Counter
from pathlib import Path

import pytest

from services.cli.processes import NAMES
from tests.support.arrows import arrows_of, circles_in, document
from tests.support.places import ROOT

_MOST_FILES = 25


def test_no_folder_of_services_or_libs_holds_more_files_than_one_reads_at_a_glance() -> None:
    files = [
        file
        for folder in ("services", "libs")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and not {"__pycache__", "migrations"} & set(file.parts)
    ]
    counts = Counter(file.parent.relative_to(ROOT) for file in files)

    assert Path("services/billing/domain") in counts
    assert {folder: count for folder, count in counts.items() if count > _MOST_FILES} == {}


def test_the_rules_of_subjects_do_not_stand_in_a_circle() -> None:
    circles = [circle for name in NAMES for circle in circles_in(arrows_of(name, ["domain"]))]

    assert len(circles) > 20
    assert [circle for circle in circles if len(circle) > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_of_a_service_names_its_subjects(name: str) -> None:
    readme = (ROOT / "services" / name / "README.md").read_text(encoding="utf-8")
    table = readme.partition("\n## Subjects\n")[2].partition("\n## ")[0]
    words = {word for code in re.findall(r"`([^`]+)`", table) for word in code.split("/")}

    assert arrows_of(name).keys() - words == set()


def test_the_document_of_arrows_is_up_to_date() -> None:
    written = (ROOT / "docs" / "build" / "subjects.md").read_text(encoding="utf-8")

    assert written == document(), "renew it, see tests/support/arrows.py"

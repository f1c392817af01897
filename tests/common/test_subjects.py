"""Rooms by subject: how full folders are, and which subjects use which (ADR 38, ADR 40)."""

import re
from collections import Counter
from pathlib import Path

import pytest

from services.cli.processes import NAMES
from tests.support.arrows import ORDER, arrows_of, arrows_up, document
from tests.support.places import ROOT

_MOST_FILES = 25
_AGAINST_THE_ORDER = {
    "community": {
        ("calendars", "accounts"),
        ("calendars", "desk"),
        ("calendars", "gatherings"),
        ("calendars", "polls"),
        ("challenges", "privacy"),
        ("desk", "enrolments"),
        ("members", "accounts"),
        ("members", "challenges"),
        ("members", "enrolments"),
        ("members", "feasibility"),
        ("members", "privacy"),
        ("members", "requests"),
        ("messages", "accounts"),
        ("messages", "desk"),
        ("messages", "enrolments"),
        ("messages", "members"),
        ("messages", "polls"),
        ("privacy", "accounts"),
        ("privacy", "requests"),
    },
    "ingest": {
        ("deliveries", "facts"),
        ("deliveries", "results"),
        ("estimations", "deliveries"),
        ("pulls", "privacy"),
        ("quarantine", "deliveries"),
        ("re_requests", "pulls"),
    },
    "allocation": {
        ("days", "challenges"),
        ("days", "purges"),
        ("days", "settlements"),
        ("dso_results", "settlements"),
        ("keys", "coefficients"),
        ("keys", "key_coefficients"),
        ("keys", "key_previews"),
        ("keys", "policies"),
        ("policies", "settlements"),
        ("settlements", "purges"),
        ("shares", "days"),
        ("shares", "settlements"),
    },
    "billing": {
        ("corrections", "drafts"),
        ("drafts", "surplus"),
        ("invoices", "books"),
        ("invoices", "drafts"),
        ("invoices", "surplus"),
        ("payments", "books"),
        ("payments", "invoices"),
        ("prices", "both_bills"),
        ("prices", "corrections"),
        ("taxes", "invoices"),
    },
}
"""Who uses whom above it in docs/build/subjects.md. Take off what has gone; add nothing."""


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


@pytest.mark.parametrize("name", NAMES)
def test_each_subject_has_a_place_in_the_order(name: str) -> None:
    assert sorted(ORDER[name]) == sorted(arrows_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_rules_use_those_of_subjects_below_only(name: str) -> None:
    rules, order = arrows_of(name, ["domain"]), ORDER[name]
    assert [
        (user, used)
        for user in order
        for used in rules[user]
        if order.index(used) < order.index(user)
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_new_arrow_goes_against_the_order_of_subjects(name: str) -> None:
    allowed, arrows = _AGAINST_THE_ORDER[name], arrows_up(name)

    assert arrows - allowed == set(), "move the function to the subject that uses it"
    assert allowed - arrows == set(), "gone: take it off the list"


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_of_a_service_names_its_subjects(name: str) -> None:
    readme = (ROOT / "services" / name / "README.md").read_text(encoding="utf-8")
    table = readme.partition("\n## Subjects\n")[2].partition("\n## ")[0]
    words = {word for code in re.findall(r"`([^`]+)`", table) for word in code.split("/")}

    assert arrows_of(name).keys() - words == set()


def test_the_document_of_arrows_is_up_to_date() -> None:
    written = (ROOT / "docs" / "build" / "subjects.md").read_text(encoding="utf-8")

    assert written == document(), "renew it, see tests/support/arrows.py"

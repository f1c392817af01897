"""Decisions have numbers without gaps and dates, and whoever cites one finds it."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.support.places import ROOT

_DECISIONS = ROOT / "docs" / "adr"
_FOLDERS = ("deploy", "docs", "libs", "services", "tests", "web/scripts", "web/src", "web/tests")
_KINDS = {".css", ".html", ".md", ".py", ".sh", ".sql", ".ts", ".tsx", ".yml"}
_CITED = re.compile(r"\bADR (\d{1,4})\b|\badr/(\d{4})\b")


def _numbers() -> list[int]:
    return sorted(int(path.name[:4]) for path in _DECISIONS.glob("[0-9]*.md"))


def _texts() -> Iterator[Path]:
    below = chain.from_iterable((ROOT / folder).rglob("*") for folder in _FOLDERS)
    for path in chain(ROOT.glob("*"), below):
        if path.suffix in _KINDS and path.is_file():
            yield path


def test_numbers_follow_one_another_but_for_those_that_were_never_taken() -> None:
    said = (_DECISIONS / "README.md").read_text()
    never_taken = [int(number) for number in re.findall(r"(\d{4}) was never taken", said)]

    numbers = _numbers()

    assert sorted([*numbers, *never_taken]) == list(range(1, numbers[-1] + 1))


def test_each_says_when_it_was_accepted() -> None:
    for path in _DECISIONS.glob("[0-9]*.md"):
        assert re.search(r"^Accepted, \d{4}-\d{2}-\d{2}\b", path.read_text(), re.MULTILINE), path


def test_the_list_has_each_with_its_title_and_its_date() -> None:
    rows = (_DECISIONS / "README.md").read_text().partition("|---|---|---|\n")[2].splitlines()

    assert rows == [_row(path) for path in sorted(_DECISIONS.glob("[0-9]*.md"))]


def _row(path: Path) -> str:
    text = path.read_text()
    title = re.match(r"# \d+\.? (.+)", text)
    accepted = re.search(r"^Accepted, ([\d-]+)", text, re.MULTILINE)
    assert title, path
    assert accepted, path
    return f"| [{path.name[:4]}]({path.name}) | {title[1]} | {accepted[1]} |"


def test_every_number_that_is_cited_is_one_of_them() -> None:
    numbers = set(_numbers())
    cited = 0
    for path in _texts():
        for match in _CITED.finditer(path.read_text()):
            assert int(match[1] or match[2]) in numbers, f"{path.relative_to(ROOT)}: {match[0]}"
            cited += 1
    assert cited > 100

"""Decisions have numbers without gaps and dates, and whoever cites one finds it."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.support.places import ROOT

_DECISIONS = ROOT / "docs" / "adr"
_FOLDERS = ("deploy", "docs", "libs", "services", "tests", "web/scripts", "web/src", "web/tests")
_KINDS = {".css", ".html", ".md", ".py", ".sh", ".sql", ".ts", ".tsx", ".yml"}
_HEAD = "| number | decision | accepted | in the code | replaced by |\n|---|---|---|---|---|\n"
_LINK = re.compile(r"\]\(([^)]+)\)")
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
    assert [row[:3] for row in _rows()] == [_first_cells(path) for path in _pages()]


def test_each_that_is_in_force_leads_to_the_code() -> None:
    for number, _, _, code, replaced in _rows():
        links = _LINK.findall(code)
        is_in_force = not replaced or replaced.startswith("in part: ")

        assert bool(links) == is_in_force, number
        for link in links:
            assert (_DECISIONS / link).exists(), f"{number}: {link}"


def test_one_that_was_replaced_says_by_which() -> None:
    pages = _pages()
    replaced = {
        (old, page.name) for page in pages for old in _superseded(page.read_text(encoding="utf-8"))
    }
    said = {
        (page.name, new)
        for page, row in zip(pages, _rows(), strict=True)
        for new in _LINK.findall(row[4])
    }

    assert len(replaced) > 5
    assert said == replaced


def _pages() -> list[Path]:
    return sorted(_DECISIONS.glob("[0-9]*.md"))


def _rows() -> list[list[str]]:
    """Return the cells of the list, row by row."""
    rows = (_DECISIONS / "README.md").read_text(encoding="utf-8").partition(_HEAD)[2].splitlines()
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]


def _superseded(text: str) -> list[str]:
    """Return the decisions that the paragraph on a page's acceptance says it supersedes."""
    accepted = re.search(r"^Accepted, .+?\n\n", text, re.MULTILINE | re.DOTALL)
    assert accepted
    return _LINK.findall(accepted[0]) if "supersedes" in accepted[0].lower() else []


def _first_cells(path: Path) -> list[str]:
    text = path.read_text()
    title = re.match(r"# \d+\.? (.+)", text)
    accepted = re.search(r"^Accepted, ([\d-]+)", text, re.MULTILINE)
    assert title, path
    assert accepted, path
    return [f"[{path.name[:4]}]({path.name})", title[1], accepted[1]]


def test_every_number_that_is_cited_is_one_of_them() -> None:
    numbers = set(_numbers())
    cited = 0
    for path in _texts():
        for match in _CITED.finditer(path.read_text()):
            assert int(match[1] or match[2]) in numbers, f"{path.relative_to(ROOT)}: {match[0]}"
            cited += 1
    assert cited > 100

"""docs/build/architecture.md names types and functions that exist."""

import importlib.util
import re
from collections import Counter
from pathlib import Path

_PAGE = Path("docs/build/architecture.md")
_ROW = re.compile(
    r"^\| (?P<word>[^|]+?) \| (?P<french>[^|]+?) \| `(?P<type>[\w.]+)` \|", re.MULTILINE
)


def test_each_word_has_one_row_and_a_type_that_exists() -> None:
    rows = list(_ROW.finditer(_PAGE.read_text()))
    words = Counter(word for row in rows for word in row["word"].split(", "))

    assert len(rows) >= 60
    assert [word for word, count in words.items() if count > 1] == []
    assert [row["type"] for row in rows if not _exists(row["type"])] == []


def test_the_ways_through_the_services_name_what_exists() -> None:
    ways = _PAGE.read_text().partition("## Two ways")[2].partition("\n## ")[0]
    names = re.findall(r"`((?:ingest|allocation|billing)\.(?:commands|domain|store)[\w.]+)`", ways)

    assert len(names) > 15
    assert [name for name in names if not _exists(name)] == []


def _exists(name: str) -> bool:
    """Whether it names a module, or something in one; of a service when it does not say libs."""
    full_name = name if name.startswith("libs.") else f"services.{name}"
    module_name, _, last = full_name.rpartition(".")
    return hasattr(importlib.import_module(module_name), last) or _is_module(full_name)


def _is_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None

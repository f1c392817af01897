"""The tests that documents cite exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.places import ROOT

_FILE_OR_TEST = re.compile(r"`(?P<file>tests/[\w/]+\.py)?(?:::(?P<test>test_\w+))?(?:\[[^`]*\])?`")

_CITATION = re.compile(r"`(?:tests/|::test_)")


def test_each_test_that_a_document_cites_exists() -> None:
    pages = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("services/*/README.md"),
    ]
    missing = [
        f"{page.relative_to(ROOT)}: {citation}"
        for page in pages
        for citation in _missing_in(page.read_text(encoding="utf-8"))
    ]

    assert sum(len(_CITATION.findall(page.read_text(encoding="utf-8"))) for page in pages) > 500
    assert missing == []


def _missing_in(text: str) -> Iterator[str]:
    """A test without a file is one of the file that was cited last."""
    file_name = ""
    for citation in _FILE_OR_TEST.finditer(text):
        file_name = citation["file"] or file_name
        path, test_name = ROOT / file_name, citation["test"]
        if citation[0] == "``" or not (file_name and (citation["file"] or test_name)):
            continue
        if not path.is_file() or (test_name and test_name not in _names_in(path)):
            yield f"{file_name}::{test_name}" if test_name else file_name


def _names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, functions)}

"""The tests and files that documents cite exist, and so does what they link to."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.places import ROOT

_FILE_OR_TEST = re.compile(r"`(?P<file>tests/[\w/]+\.py)?(?:::(?P<test>test_\w+))?(?:\[[^`]*\])?`")

_LINK = re.compile(r"\]\((?!\w+:|/)(?P<path>[^)#\s]*)(?P<heading>#[^)\s]+)?\)")

_CODE = re.compile(r"`([^`\s]+)`")
_FOLDERS = ("libs", "services", "tests", "docs", "web", "deploy")
_SOURCES = (".py", ".sql", ".ts", ".tsx", ".mjs", ".sh")
_PLACEHOLDER = re.compile(r"<\w+>|\b(?!README|CHANGELOG|CONTRIBUTING|LICENSE)[A-Z]{3,}\b|…")
_EXAMPLES = {
    "x.py",
    "web/dist",  # built
    "docs/privacy.md",  # a path of the past
    "services/ingest/formats/acc/layouts/wide-2027.yaml",  # to be written, where there is one
}

_CITATION = re.compile(r"`(?:tests/|::test_)")


def test_each_test_that_a_document_cites_exists() -> None:
    pages = _pages()
    missing = [
        f"{page.relative_to(ROOT)}: {citation}"
        for page in pages
        for citation in _missing_in(page.read_text(encoding="utf-8"))
    ]

    assert sum(len(_CITATION.findall(page.read_text(encoding="utf-8"))) for page in pages) > 500
    assert missing == []


def test_each_link_of_a_document_leads_to_a_file_and_its_heading() -> None:
    pages = [*_pages(), ROOT / "web" / "README.md", *ROOT.glob("deploy/**/*.md")]
    links = [(page, link) for page in pages for link in _LINK.finditer(page.read_text("utf-8"))]
    broken = [
        f"{page.relative_to(ROOT)}: {link['path']}{link['heading'] or ''}"
        for page, link in links
        if not _leads_somewhere(page, link["path"], link["heading"])
    ]

    assert len(links) > 300
    assert broken == []


def test_each_file_that_a_document_names_exists() -> None:
    """By its path from the root, or the end of the path of a source; decisions have their day's."""
    decisions = {*ROOT.glob("docs/adr/0*.md")}
    rows = [
        (page.relative_to(ROOT).as_posix(), path)
        for page in [*_pages(), ROOT / "web" / "README.md"]
        if page not in decisions
        for path in _paths_in(page.read_text(encoding="utf-8"))
    ]

    assert len(rows) > 800
    assert [(page, path) for page, path in rows if not _is_there(path)] == []


def _paths_in(text: str) -> Iterator[str]:
    """Yield what looks like a path of ours in code, each of ``{one,another}.py`` alone."""
    for code in _CODE.findall(text):
        for path in _alternatives(code.partition("::")[0].rstrip("/")):
            is_path = path.startswith(tuple(f"{folder}/" for folder in _FOLDERS))
            is_ours = is_path or path.endswith(_SOURCES)
            if is_ours and not _PLACEHOLDER.search(path) and path not in _EXAMPLES:
                yield path


def _alternatives(path: str) -> list[str]:
    braces = re.search(r"\{([^{}]*)\}", path)
    if not braces:
        return [path]
    before, after = path[: braces.start()], path[braces.end() :]
    return [
        whole
        for alternative in braces[1].split(",")
        for whole in _alternatives(f"{before}{alternative}{after}")
    ]


def _is_there(path: str) -> bool:
    if path.startswith(_FOLDERS):
        return any(ROOT.glob(path))
    return any(f"/{file}".endswith(f"/{path}") for file in _sources())


@cache
def _sources() -> frozenset[str]:
    paths = (path for folder in _FOLDERS for path in (ROOT / folder).rglob("*"))
    return frozenset(
        path.relative_to(ROOT).as_posix()
        for path in paths
        if path.suffix in _SOURCES and "node_modules" not in path.parts
    )


def _pages() -> list[Path]:
    return [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("services/*/README.md"),
        *ROOT.glob("libs/*/README.md"),
    ]


def _leads_somewhere(page: Path, path: str, heading: str | None) -> bool:
    target = page.parent / path if path else page
    if not target.exists():
        return False
    return heading is None or heading[1:] in _anchors(target)


@cache
def _anchors(page: Path) -> set[str]:
    """As GitHub makes them: small letters, no punctuation, a hyphen for each space."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    words = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings]
    return {re.sub(r"[^\w\- ]", "", word).replace(" ", "-") for word in words}


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


@cache
def _names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, functions)}

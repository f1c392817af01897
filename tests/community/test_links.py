"""Each link that community writes leads to what the page's own table knows (web/src/words)."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.places import ROOT

_COMMUNITY = ROOT / "services" / "community"
_TABLE = ROOT / "web" / "src" / "words" / "links.json"
_WRITERS = ("commands", "domain/letters")
_LINKING = ("community/commands", "community/domain/letters", "billing/commands")
_API_PATH = re.compile(r"/(ingest|allocation|billing|community)/")
_PLACE = re.compile(r"\{\w*\}")


def _table() -> dict[str, str | None]:
    """Pages, by the API path that they show; its places have no names here."""
    rows = json.loads(_TABLE.read_text())
    return {_PLACE.sub("{}", row["path"]): row["page"] for row in rows}


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for folder in _WRITERS:
        for path in sorted((_COMMUNITY / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text())


def _text(node: ast.AST) -> str | None:
    """Of a string, with {} where it depends; None: the node is something else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(value.value) if isinstance(value, ast.Constant) else "{}" for value in node.values
        )
    return None


def _strings(node: ast.AST) -> Iterator[str]:
    """Those in it, and none of the pieces that one is put together of."""
    text = _text(node)
    if text is not None:
        yield text
    else:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child)


def _written() -> dict[str, str]:
    """The API paths in strings, without what follows ``?``, and the file of each."""
    return {
        text.partition("?")[0]: str(path.relative_to(ROOT))
        for path, tree in _trees()
        for text in _strings(tree)
        if _API_PATH.match(text)
    }


def _links(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "link":
            yield node.value


def _linked(tree: ast.Module) -> Iterator[ast.AST]:
    """What is given as ``link``, ``url`` or ``path``, and what is put below PUBLIC_URL."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in {"link", "url", "path"}:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            text = ast.unparse(node)
            if "public_url" in text or _API_PATH.match(_text(node) or ""):
                yield node


def test_each_link_that_is_written_is_in_the_table_of_the_page() -> None:
    unknown = {path: file for path, file in _written().items() if path not in _table()}

    assert unknown == {}, "add these to web/src/words/links.json, with their page"


def test_a_link_is_a_whole_path_so_that_it_is_seen_here() -> None:
    """It may be given by a name; where it is put together, its beginning is in the same string."""
    hidden = [
        f"{path.relative_to(ROOT)}:{link.lineno}"
        for path, tree in _trees()
        for link in _links(tree)
        if (text := _text(link))
        and not _API_PATH.match(text)
        and "public_url" not in ast.dump(link)
    ]

    assert hidden == []


def test_links_to_members_have_a_page() -> None:
    """What is for who runs operations has one as far as their pages go."""
    table = _table()
    without = {path for path in _written() if table.get(path) is None}

    assert without == {
        "/billing/issuers/{}/mandate-requests",
        "/billing/issuers/{}/mandates",
        "/community/members/{}",
        "/community/messages",
    }


def test_no_link_names_a_point() -> None:
    """It stands in a browser's address and history, in logs of proxies, and in ``next``."""
    links = [
        f"{path.relative_to(ROOT)}: {ast.unparse(link)}"
        for folder in _LINKING
        for path in sorted((ROOT / "services" / folder).rglob("*.py"))
        for link in _linked(ast.parse(path.read_text()))
        if re.search("prm|point", ast.unparse(link))
    ]

    assert links == []


def test_the_table_knows_no_link_that_nobody_writes() -> None:
    assert _table().keys() - _written().keys() == {
        # By billing, into what it asks to have mailed, and what it tells of accounts.
        "/billing/invoices/{}",
        "/billing/issuers/{}/creditor-change",
        "/billing/payees/{}/payouts",
        "/billing/payment-notices/{}",
    }


def test_a_page_has_no_place_that_the_path_has_not_and_neither_names_a_point() -> None:
    for row in json.loads(_TABLE.read_text()):
        places = set(_PLACE.findall(row["page"] or ""))
        assert places <= set(_PLACE.findall(row["path"])), row
        assert not re.search("prm|point", row["path"]), row

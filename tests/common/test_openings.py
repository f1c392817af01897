"""Texts open with a noun or a verb, not with a clause that stands for one (docs/build/style.md).

"What a payout would pay" names nothing before its end: "The sum that a payout would pay" does.
"""

import ast
import re
from collections.abc import Iterator

from libs.common.health.routes import service_openapi
from services.main import SERVICES
from tests.support.sources import trees

_NAMELESS = re.compile(
    r"(Whatever|What|Whoever|Whom|Whose|Who|Where|Which|How|Why|Of|By|Those|That|And|Also)\b"
)
_TEXTS = {"summary", "description", "title", "detail"}


def test_docstrings_name_the_thing_first() -> None:
    openings = [
        f"{path}:{line}: {text}"
        for path, tree in trees("libs", "services").items()
        for line, text in _docstrings(tree)
        if _NAMELESS.match(text)
    ]

    assert openings == []


def test_texts_of_openapi_name_the_thing_first() -> None:
    openings = [
        f"{service.name}: {text}"
        for service in SERVICES
        for text in sorted(set(_texts(service_openapi(service.name, service.subjects))))
        if _NAMELESS.match(text) and not text.istitle()  # "By Hour Wmin" is a field's name
    ]

    assert openings == []


def test_an_opening_without_a_noun_is_seen() -> None:
    assert _NAMELESS.match("Whose invoices they are.")
    assert not _NAMELESS.match("Whether the invoice is paid.")


def _docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the first line of each text of the module and of all that is public, and its place."""
    for node in ast.walk(tree):
        match node:
            case ast.Module():
                line, name = 1, ""
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                line, name = node.lineno, node.name
            case _:
                continue
        text = ast.get_docstring(node)
        if text and not name.startswith("_"):
            yield line, text.splitlines()[0]


def _texts(document: object) -> Iterator[str]:
    match document:
        case dict():
            for key, value in document.items():
                if key in _TEXTS and isinstance(value, str):
                    yield value
                else:
                    yield from _texts(value)
        case list():
            for value in document:
                yield from _texts(value)

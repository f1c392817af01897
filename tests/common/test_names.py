"""Variables are nouns of the field (docs/build/style.md); what may stay is the name of a field."""

import ast
from collections.abc import Iterator

from tests.support.places import ROOT

_NO_NOUNS = {"one", "found", "known", "told", "own", "of", "wanted", "named", "part"}

# Fields of bodies, columns, events and values, such as `part` of a settlement. It only falls.
_MOST_LEFT = 20


def _bindings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the name of each variable, parameter, comprehension target and field."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Store(), id=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)):
                yield node.lineno, name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield node.lineno, name
            case ast.MatchMapping(rest=str(name)):
                yield node.lineno, name


def test_variables_are_nouns() -> None:
    nounless = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for folder in ("libs", "services")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, name in _bindings(ast.parse(path.read_text()))
        if name in _NO_NOUNS
    ]
    assert len(nounless) <= _MOST_LEFT, "\n".join(["name these by nouns:", *nounless])

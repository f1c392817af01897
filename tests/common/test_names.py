"""Variables are nouns of the field (docs/build/style.md); what may stay is the name of a field."""

import ast
from collections.abc import Iterator, Sequence

import pytest

from tests.support.sources import trees

_NO_NOUNS = {"one", "found", "known", "told", "own", "of", "wanted", "named", "part"}

# Fields of bodies, columns, events and values, such as `part` of a settlement. They only fall.
_MOST_LEFT = 20
_MOST_LEFT_IN_TESTS = 700


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


@pytest.mark.parametrize(
    ("folders", "most"), [(("libs", "services"), _MOST_LEFT), (("tests",), _MOST_LEFT_IN_TESTS)]
)
def test_variables_are_nouns(folders: Sequence[str], most: int) -> None:
    nounless = [
        f"{path}:{line}: {name}"
        for path, tree in trees(*folders).items()
        for line, name in _bindings(tree)
        if name in _NO_NOUNS
    ]
    assert len(nounless) <= most, "\n".join(["name these by nouns:", *nounless])

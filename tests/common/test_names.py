"""Variables are nouns of the field (docs/build/style.md); what may stay is the name of a field."""

import ast
from collections.abc import Iterator, Sequence

import pytest

from tests.support.sources import trees

_NO_NOUNS = {"one", "found", "known", "told", "own", "of", "wanted", "named", "part"}

# Fields of bodies, columns, events and values, and what is named after them, such as `part` of a
# settlement. These are the exact counts, so that what falls is written down and cannot rise again.
_LEFT = 20
_LEFT_IN_TESTS = 7


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
    ("folders", "left"), [(("libs", "services"), _LEFT), (("tests",), _LEFT_IN_TESTS)]
)
def test_variables_are_nouns(folders: Sequence[str], left: int) -> None:
    nounless = [
        f"{path}:{line}: {name}"
        for path, tree in trees(*folders).items()
        for line, name in _bindings(tree)
        if name in _NO_NOUNS
    ]
    advice = "name these by nouns; if there are fewer than before, write the count down"
    assert len(nounless) == left, "\n".join([f"{len(nounless)}, not {left}: {advice}:", *nounless])

"""Variables are nouns of the field (docs/build/style.md); only fields of contracts may be none."""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.support.sources import trees

_NO_NOUNS = {"one", "found", "known", "told", "own", "of", "wanted", "named", "part"}

# Fields of events, bodies and columns, which others rely on.
_CONTRACTS = {
    ("libs/common/events/allocation.py", "part"): 2,
    ("services/allocation/schemas/simulations/requests.py", "of"): 3,
    ("services/billing/schemas/payments/bank.py", "known"): 1,
    ("services/billing/tables/copies.py", "part"): 1,
    ("services/community/schemas/challenges.py", "own"): 1,
    ("services/community/schemas/polls/polls.py", "of"): 1,
    ("services/community/schemas/polls/polls.py", "own"): 1,
    ("services/community/schemas/requests/studies.py", "of"): 1,
    ("services/ingest/tables/deliveries.py", "part"): 1,
}


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
        (path, line, name)
        for path, tree in trees("libs", "services", "tests").items()
        for line, name in _bindings(tree)
        if name in _NO_NOUNS
    ]

    counts = Counter((path, name) for path, _, name in nounless)
    assert counts == _CONTRACTS, [f"{path}:{line}: {name}" for path, line, name in nounless]

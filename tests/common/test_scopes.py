"""What a caller may see has one shape and one name in all services (architecture.md, Access)."""

import ast
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Text, column, select
from sqlalchemy.dialects import postgresql

from libs.common.auth.principals import Forbidden, Principal, Role
from libs.common.database.scoped import is_about, is_of, is_sent_by, page_values
from libs.common.ids import OperationId
from libs.common.scopes import ALL_DAYS, EVERYTHING, PointScope, Scope
from tests.support.places import ROOT

_ANNA = UUID("5f2b8a3e-1111-4222-8333-444455556666")
_OURS = OperationId("ACC99000001")
_THEIRS = OperationId("ACC99000002")


def _functions() -> Iterator[tuple[str, str]]:
    """The name and what it returns of each function that access offers."""
    for pattern in ("*/access.py", "*/access/*.py"):
        for path in sorted((ROOT / "services").glob(pattern)):
            for node in ast.parse(path.read_text()).body:
                match node:
                    case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                        if node.returns and not name.startswith("_"):
                            yield f"{path.relative_to(ROOT)}:{name}", ast.unparse(node.returns)


def test_a_function_of_access_that_returns_a_scope_is_named_so() -> None:
    scopes = {name for name, returned in _functions() if _is_scope(returned)}
    named_so = {name for name, _ in _functions() if _is_named_scope(name)}

    assert len(scopes) > 15
    assert scopes == named_so


def test_access_never_returns_none_for_everything() -> None:
    """None means that there is nothing, and such a function is named ``find_``."""
    maybe = [name.split(":")[1] for name, returned in _functions() if returned.endswith("| None")]

    assert [name for name in maybe if not name.startswith("find_")] == []


def _is_scope(returned: str) -> bool:
    return returned.split("[", maxsplit=1)[0].endswith("Scope")


def _is_named_scope(name: str) -> bool:
    words = name.split(":")[1].split("_")
    return words[0] == "get" and "scope" in words


@pytest.mark.parametrize(
    ("scope", "operations", "members"),
    [
        (EVERYTHING, "true", "true"),
        (Scope(operations=[_OURS]), f"operation_id IN ('{_OURS}')", "false"),
        (Scope.about(_ANNA), "operation_id IN (NULL) AND (1 != 1)", f"member_id = '{_ANNA}'"),
        (Scope(), "operation_id IN (NULL) AND (1 != 1)", "false"),
        (Scope.about(None), "operation_id IN (NULL) AND (1 != 1)", "false"),
    ],
)
def test_a_condition_lets_through_what_the_scope_allows(
    scope: Scope, operations: str, members: str
) -> None:
    conditions = is_of(column("operation_id"), scope), is_about(column("member_id"), scope)

    assert [_sql(condition) for condition in conditions] == [operations, members]


@pytest.mark.parametrize(
    ("scope", "senders", "parameter"),
    [
        (EVERYTHING, "true", None),
        (Scope(sender="her"), "senders @> ARRAY['her']", []),
        (Scope(operations=[_OURS]), "false", [_OURS]),
        (Scope(), "false", []),
    ],
)
def test_a_scope_without_senders_or_operations_lets_nothing_through(
    scope: Scope, senders: str, parameter: list[OperationId] | None
) -> None:
    condition = is_sent_by(column("senders", postgresql.ARRAY(Text)), scope)

    assert _sql(condition) == senders
    values = page_values(scope, after=None, limit=50)
    assert values == {"after": "", "operations": parameter, "limit": 50}


def test_a_point_scope_is_everything_only_where_it_is_said() -> None:
    with pytest.raises(TypeError):
        PointScope()  # type: ignore[call-arg]

    assert ALL_DAYS.is_everything
    assert not PointScope[object](()).is_everything


def _sql(condition: object) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    query = select().where(condition)  # type: ignore[arg-type]
    compiled = query.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return " ".join(str(compiled).partition("WHERE")[2].split()) or "true"


def test_the_scope_of_a_caller_has_what_their_roles_give() -> None:
    assert _caller(Role.OPERATOR, Role.MEMBER).scope is EVERYTHING
    assert _caller(Role.ORGANISER).scope == Scope(operations=frozenset({_OURS}))
    assert _caller(Role.MEMBER).scope == Scope.about(_ANNA)
    assert _caller(Role.ORGANISER).own_scope == Scope.about(None)
    assert _caller(Role.FEED).scope == Scope.about(None)


def test_callers_run_the_operation_that_they_ask_for_or_all_that_are_theirs() -> None:
    assert _caller(Role.OPERATOR).get_run_scope(None) == EVERYTHING
    assert _caller(Role.OPERATOR).get_run_scope(_THEIRS) == Scope(operations=[_THEIRS])
    assert _caller(Role.ORGANISER).get_run_scope(None) == Scope(operations=frozenset({_OURS}))
    assert _caller(Role.ORGANISER).get_run_scope(_OURS) == Scope(operations=[_OURS])
    assert _caller(Role.MEMBER, Role.FEED).get_run_scope(None) == Scope()
    with pytest.raises(Forbidden):
        _caller(Role.ORGANISER).get_run_scope(_THEIRS)


def _caller(*roles: Role) -> Principal:
    return Principal(
        subject="her", roles=frozenset(roles), operations=frozenset({_OURS}), member_id=_ANNA
    )

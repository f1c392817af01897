"""Conditions and pages that a scope makes of a query: of all rows where it is everything."""

from typing import Any

from sqlalchemy import ColumnElement, false, true

from libs.common.ids import OperationId
from libs.common.scopes import Scope


def is_of(column: Any, scope: Scope) -> ColumnElement[bool]:  # noqa: ANN401 - any table's
    """Match rows of the scope's operations."""
    if scope.operations is None:
        return true()
    matches: ColumnElement[bool] = column.in_(scope.operations)
    return matches


def is_about(column: Any, scope: Scope) -> ColumnElement[bool]:  # noqa: ANN401 - any table's
    """Match rows about the scope's member; none where the caller is no member."""
    if scope.operations is None:
        return true()
    if scope.member_id is None:
        return false()
    matches: ColumnElement[bool] = column == scope.member_id
    return matches


def is_sent_by(column: Any, scope: Scope) -> ColumnElement[bool]:  # noqa: ANN401 - any table's
    """Match rows among whose senders is the scope's; none where it has no sender."""
    if scope.operations is None:
        return true()
    if scope.sender is None:
        return false()
    matches: ColumnElement[bool] = column.contains([scope.sender])
    return matches


PAGE_OF_OPERATIONS = """page AS (
        SELECT operation_id FROM perimeter
        WHERE operation_id > :after AND (CAST(:operations AS text[]) IS NULL
            OR operation_id = ANY (CAST(:operations AS text[])))
        ORDER BY operation_id LIMIT :limit
    )"""
"""A query to begin raw SQL WITH, where a service keeps perimeters; it takes ``page_values``."""


def page_values(scope: Scope, *, after: OperationId | None, limit: int) -> dict[str, object]:
    """Return the parameters of a page: so many operations of the scope, those that come after."""
    return {
        "after": after or "",
        "operations": None if scope.operations is None else sorted(scope.operations),
        "limit": limit,
    }

"""Conditions on many values at once."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, literal


def among(column: Any, values: Iterable[object]) -> ColumnElement[bool]:  # noqa: ANN401 - any table's
    """Match a column to any of these in one parameter: a statement has 32,767 at most.

    A statement with a thousand parameters also takes milliseconds to build.
    """
    matches: ColumnElement[bool] = column == any_(literal(list(values), ARRAY(column.type)))
    return matches

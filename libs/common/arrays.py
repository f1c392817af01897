"""Conditions on many values at once."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, literal


def among(column: Any, values: Iterable[object]) -> ColumnElement[bool]:  # noqa: ANN401 - any table's
    """Whether the column is one of these, in one parameter: a statement has 32,767 at most.

    And one with a thousand takes milliseconds to be put together.
    """
    matches: ColumnElement[bool] = column == any_(literal(list(values), ARRAY(column.type)))
    return matches

"""Conditions on many values at once."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, any_, literal


def among(column: Any, ids: Collection[UUID]) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Whether the column is one of these ids, in one parameter: a statement has 32,767 at most."""
    matches: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(Uuid)))
    return matches


def among_texts(column: Any, texts: Collection[str]) -> ColumnElement[bool]:  # noqa: ANN401
    matches: ColumnElement[bool] = column == any_(literal(list(texts), ARRAY(Text)))
    return matches

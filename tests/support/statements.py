"""The statements that databases of this process were asked meanwhile."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncConnection


@contextmanager
def asked_statements(
    connection: AsyncConnection,
) -> Iterator[list[tuple[str, Sequence[object]]]]:
    """Collect the statements of this connection, in their order, with their parameters."""
    asked: list[tuple[str, Sequence[object]]] = []

    def collect(_connection: object, _cursor: object, *statement: Any) -> None:  # noqa: ANN401 - of the driver
        text, parameters, *_ = statement
        asked.append((text, tuple(parameters)))

    event.listen(connection.sync_connection, "before_cursor_execute", collect)
    try:
        yield asked
    finally:
        event.remove(connection.sync_connection, "before_cursor_execute", collect)


@contextmanager
def counted_statements(word: str) -> Iterator[list[str]]:
    """Collect the statements in which this word is."""
    statements: list[str] = []

    def collect(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if word in statement:
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", collect)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", collect)

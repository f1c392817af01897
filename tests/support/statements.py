"""The statements that all databases of this process were asked meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


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

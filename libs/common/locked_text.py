"""A column's type: text that is kept under ``SECRET_KEYS``, where there are any (ADR 31)."""

import re
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.types import TypeDecorator

from libs.common.secret_keys import SecretKeys, SecretUnreadable

# By what stands for an engine where values are bound. Never a module's own: tests have several.
_KEYS: WeakKeyDictionary[Dialect, SecretKeys] = WeakKeyDictionary()
LOCKED = "[0-9a-f]{16}:gAAAA"
"""The name of a key, and the first letters of all that Fernet locks."""


def give_keys(engine: AsyncEngine, keys: SecretKeys | None) -> None:
    """Say under which keys the columns of this engine's statements are kept."""
    if keys is not None:
        _KEYS[engine.dialect] = keys


class LockedText(TypeDecorator[str]):
    """Locked with the newest key as it is written, by its name and Fernet's token.

    Without keys it is kept as it is, and what was kept so is read with keys too. Equal texts are
    kept as different ones: no statement can look for one. Reading raises SecretUnreadable.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        keys = _KEYS.get(dialect)
        return value if value is None or keys is None else lock_text(value, keys)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else unlock_text(value, _KEYS.get(dialect))


def lock_text(text: str, keys: SecretKeys) -> str:
    return f"{keys.newest}:{keys.lock(text.encode()).decode()}"


def unlock_text(kept: str, keys: SecretKeys | None) -> str:
    """Raises SecretUnreadable."""
    if not re.match(LOCKED, kept):
        return kept
    if keys is None:
        raise SecretUnreadable
    return keys.unlock(kept.partition(":")[2].encode()).decode()

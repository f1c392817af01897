"""A column type: text encrypted under ``SECRET_KEYS``, if there are any (ADR 31)."""

import re
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.types import TypeDecorator

from libs.common.encryption.secret_keys import SecretKeys, SecretUnreadable

# By the object that stands for an engine when values are bound. Never global: tests have several.
_KEYS: WeakKeyDictionary[Dialect, SecretKeys] = WeakKeyDictionary()
LOCKED = "[0-9a-f]{16}:gAAAA"
"""The name of a key, and the first letters of every Fernet token."""


def give_keys(engine: AsyncEngine, keys: SecretKeys | None) -> None:
    """Set the keys for the columns of this engine's statements."""
    if keys is not None:
        _KEYS[engine.dialect] = keys


class LockedText(TypeDecorator[str]):
    """Encrypted with the newest key when written: the key's name and Fernet's token.

    Without keys text is stored as it is, and such text is readable with keys too. Equal texts are
    stored differently: no statement can search for one. Reading raises SecretUnreadable.
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


def unlock_text(stored: str, keys: SecretKeys | None) -> str:
    """Decrypt a stored text. Raises SecretUnreadable."""
    if not re.match(LOCKED, stored):
        return stored
    if keys is None:
        raise SecretUnreadable
    return keys.unlock(stored.partition(":")[2].encode()).decode()

"""Seal the secrets of rows under ``SECRET_KEYS`` or, without any, keep them in the clear."""

from collections.abc import Iterable
from typing import Protocol

from libs.common.secret_keys import SecretKeys, SecretUnreadable


class LockedRow(Protocol):
    """locked_under: the name of the key that seals the secret; None: in the clear."""

    secret: bytes
    locked_under: str | None


def read_secret(row: LockedRow, keys: SecretKeys | None) -> bytes:
    """Raises SecretUnreadable."""
    if row.locked_under is None:
        return row.secret
    if keys is None:
        raise SecretUnreadable
    return keys.unlock(row.secret)


def keep_under_newest(rows: Iterable[LockedRow], keys: SecretKeys) -> None:
    """Seal secrets still in the clear or under a retiring key."""
    for row in rows:
        try:
            secret = read_secret(row, keys)
        except SecretUnreadable:
            continue  # its key was lost
        row.secret, row.locked_under = keys.lock(secret), keys.newest

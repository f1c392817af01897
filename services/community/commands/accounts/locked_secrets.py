"""Seal secrets of rows under ``SECRET_KEYS``; a signing key stays clear where there are none."""

from collections.abc import Iterable

from libs.common.encryption.secret_keys import SecretKeys, SecretUnreadable
from services.community.tables import SigningKeyRow, TotpRow

LockedRow = SigningKeyRow | TotpRow


def read_secret(row: LockedRow, keys: SecretKeys | None) -> bytes:
    """Raises SecretUnreadable."""
    if row.locked_under is None:
        return row.secret
    if keys is None:
        raise SecretUnreadable
    return keys.unlock(row.secret)


def keep_under_newest(rows: Iterable[LockedRow], keys: SecretKeys) -> None:
    """Seal secrets under a retiring key, and a signing key made when there were no keys."""
    for row in rows:
        try:
            secret = read_secret(row, keys)
        except SecretUnreadable:
            continue  # its key was lost
        row.secret, row.locked_under = keys.lock(secret), keys.newest

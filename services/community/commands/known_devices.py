"""Devices on which somebody has logged in before: others cannot keep them from logging in again.

Such a device keeps a cookie, locked under ``SECRET_KEYS``: nothing of it is in the database.
"""

from datetime import datetime, timedelta
from uuid import UUID

from libs.common.secret_keys import SecretKeys, SecretUnreadable
from services.community.credentials import new_secret

KNOWN_FOR = timedelta(days=180)
_PURPOSE = "device"


def make_device_cookie(account_id: UUID, *, now: datetime, keys: SecretKeys) -> str:
    told = f"{_PURPOSE} {account_id} {int(now.timestamp())} {new_secret()}"
    return keys.lock(told.encode()).decode()


def find_known_device(
    cookie: str, account_id: UUID, *, now: datetime, keys: SecretKeys | None
) -> str | None:
    """Its secret name; None: no device, or one that the account has not logged in from lately."""
    if keys is None or not cookie:
        return None
    try:
        purpose, known, at_s, name = keys.unlock(cookie.encode()).decode().split(" ")
    except (SecretUnreadable, ValueError):
        return None
    age_s = now.timestamp() - int(at_s)
    if (purpose, known) != (_PURPOSE, str(account_id)) or age_s > KNOWN_FOR.total_seconds():
        return None
    return name

"""Recognise devices on which an account has logged in, so that strangers cannot lock it out there.

Such a device keeps a cookie, sealed under ``SECRET_KEYS``; the database holds nothing of it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from libs.common.encryption.secret_keys import SecretKeys, SecretUnreadable
from services.community.credentials import new_secret

KNOWN_FOR = timedelta(days=180)
_PURPOSE = "device"


def make_device_cookie(account_id: UUID, *, now: datetime, keys: SecretKeys) -> str:
    content = f"{_PURPOSE} {account_id} {int(now.timestamp())} {new_secret()}"
    return keys.lock(content.encode()).decode()


def find_known_device(
    cookie: str, account_id: UUID, *, now: datetime, keys: SecretKeys | None
) -> str | None:
    """Return its secret name; None for a device without a recent log-in of the account."""
    if keys is None or not cookie:
        return None
    try:
        purpose, account_text, at_s, name = keys.unlock(cookie.encode()).decode().split(" ")
    except (SecretUnreadable, ValueError):
        return None
    age_s = now.timestamp() - int(at_s)
    if (purpose, account_text) != (_PURPOSE, str(account_id)) or age_s > KNOWN_FOR.total_seconds():
        return None
    return name

"""Make, read and replace the keys that sign tokens (ADR 28)."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import LEEWAY_S
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys, SecretUnreadable
from services.community.commands.accounts.locked_secrets import keep_under_newest, read_secret
from services.community.credentials import new_signing_key, public_jwk
from services.community.domain.members.registry import Jwk
from services.community.store.accounts import signing_keys as store
from services.community.store.accounts.accounts import lock_start
from services.community.tables import SigningKeyRow

SHOWN_BEFORE = timedelta(seconds=12)
"""A successor is public for so long before it signs: a service asks for a key that it does not
know, but not twice within ten seconds."""

_log = structlog.get_logger(__name__)


class KeysOfAnother(Exception):  # noqa: N818 - a refusal, in words
    """SECRET_KEYS are not those that seal the service's signing key."""


async def ensure_signing_key(session: AsyncSession, keys: SecretKeys | None) -> Jwk:
    """Return the signing key, made if none can be read; the service's processes may race.

    None can be read before the first start, or where SECRET_KEYS lacks the key that seals them.
    People log in all the same, and signatures by the former keys stay valid.
    """
    await lock_start(session)
    return await _find(session, keys) or await _add(session, keys)


async def get_signing_key(session: AsyncSession, keys: SecretKeys | None) -> Jwk:
    """Return the private JWK that signs now."""
    return await _find(session, keys) or await ensure_signing_key(session, keys)


async def rotate(session: AsyncSession, keys: SecretKeys | None) -> Jwk:
    """Make the successor of the signing key; it signs once it has been public for a while.

    Raises KeysOfAnother: the service could not read the successor.
    """
    await lock_start(session)
    rows = await store.list_signing_keys(session)
    names = keys.names if keys else (None,)
    if rows and all(row.locked_under not in names for row in rows):
        raise KeysOfAnother
    return await _add(session, keys)


async def keep_under_newest_key(session: AsyncSession, keys: SecretKeys) -> None:
    keep_under_newest(await store.lock_under_other_keys(session, keys.newest), keys)
    await session.flush()


async def forget_ended_keys(database: Database, *, life: timedelta) -> bool:
    """Delete the keys whose last token has ended. life: of a token."""
    async with database.transaction() as session:
        succeeded_before = now_in(session) - remaining_life(life)
        await store.delete_succeeded(session, before=succeeded_before)
    return False


def remaining_life(life: timedelta) -> timedelta:
    """Return how long a key's tokens may be valid once there is its successor. life: of a token."""
    return SHOWN_BEFORE + life + timedelta(seconds=LEEWAY_S)


async def _find(session: AsyncSession, keys: SecretKeys | None) -> Jwk | None:
    rows = await store.list_signing_keys(session)
    for row in _signing_order(rows, now_in(session)):
        try:
            private_jwk: Jwk = json.loads(read_secret(row, keys))
        except SecretUnreadable:
            continue
        return private_jwk
    return None


def _signing_order(rows: Sequence[SigningKeyRow], now: datetime) -> Iterator[SigningKeyRow]:
    """Order keys, given newest first, so that the first readable one signs."""
    successors = [row for row in rows if row.created_at > now - SHOWN_BEFORE]
    yield from rows[len(successors) :]
    yield from reversed(successors)


async def _add(session: AsyncSession, keys: SecretKeys | None) -> Jwk:
    private_jwk = new_signing_key()
    secret = json.dumps(private_jwk).encode()
    row = SigningKeyRow(
        kid=str(private_jwk["kid"]),
        public_jwk=public_jwk(private_jwk),
        secret=keys.lock(secret) if keys else secret,
        locked_under=keys.newest if keys else None,
        created_at=now_in(session),
    )
    await store.add(session, row)
    _log.info("signing key made", kid=row.kid)
    return private_jwk

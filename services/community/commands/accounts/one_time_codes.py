"""Set up an authenticator app, spend its codes, and remove it."""

import secrets
from base64 import b32encode
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.encryption.secret_keys import SecretKeys, SecretUnreadable
from libs.common.settings import Settings
from services.community.commands.accounts.locked_secrets import keep_under_newest, read_secret
from services.community.commands.accounts.notices import notify_account
from services.community.credentials import hash_secret
from services.community.domain.accounts.one_time_codes import (
    PAUSE,
    RECOVERY_CODES,
    SECRET_BYTES,
    TRIES,
    CodesInUse,
    CodesOff,
    CodesUnset,
    CodeVerdict,
    CodeWrong,
    find_step,
)
from services.community.domain.messages.messages import MessageKind
from services.community.store.accounts import one_time_codes as store
from services.community.store.accounts.accounts import get_account_by_id
from services.community.tables import TotpRow

_log = structlog.get_logger(__name__)
_RECOVERY_BYTES = 10
"""80 bits, which nobody guesses: keeping a plain hash is enough."""


async def start(session: AsyncSession, account_id: UUID, *, keys: SecretKeys | None) -> bytes:
    """Return a new secret, to be confirmed by a code; it is shown now and never again.

    Raises CodesOff, CodesInUse.
    """
    if keys is None:
        raise CodesOff
    secret = secrets.token_bytes(SECRET_BYTES)
    if not await store.save_unconfirmed(
        session, account_id, keys.lock(secret), locked_under=keys.newest
    ):
        raise CodesInUse
    return secret


async def confirm(
    session: AsyncSession, account_id: UUID, code: str, *, keys: SecretKeys | None
) -> list[str]:
    """Require a code for log-ins from now on. Returns recovery codes, shown now and never again.

    Raises CodesUnset, CodesInUse, CodeWrong.
    """
    row = await store.lock_totp(session, account_id)
    if row is None:
        raise CodesUnset
    if row.confirmed_at is not None:
        raise CodesInUse
    now = now_in(session)
    step = _find_step(row, code, now, keys)
    if step is None:
        raise CodeWrong
    row.confirmed_at, row.last_step = now, step
    codes = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
    await store.add_recovery_codes(
        session, account_id, [hash_secret(recovery_code) for recovery_code in codes]
    )
    account = await get_account_by_id(session, account_id)
    await notify_account(session, account, MessageKind.AUTHENTICATOR_ADDED)
    return codes


async def has_app(session: AsyncSession, account_id: UUID) -> bool:
    """Return whether log-ins need a code."""
    return await store.has_confirmed(session, account_id)


async def spend_code(
    session: AsyncSession, account_id: UUID, code: str | None, *, keys: SecretKeys | None
) -> CodeVerdict:
    """Fits if the account needs no code, or this one is right and was never used.

    A wrong code is counted: commit whatever the verdict, and raise by it afterwards.
    """
    row = await store.lock_totp(session, account_id)
    if row is None or row.confirmed_at is None:
        return CodeVerdict.FITS
    if code is None:
        return CodeVerdict.WANTED
    now = now_in(session)
    if row.paused_until is not None and now < row.paused_until:
        return CodeVerdict.PAUSED
    if await _fits(session, row, code.strip(), now, keys):
        row.failures, row.paused_until = 0, None
        await session.flush()
        return CodeVerdict.FITS
    row.failures += 1
    if row.failures >= TRIES:
        row.failures, row.paused_until = 0, now + PAUSE
    _log.warning("one-time code refused", account_id=str(account_id))
    await session.flush()
    return CodeVerdict.REFUSED


async def remove(
    session: AsyncSession, account_id: UUID, code: str, *, keys: SecretKeys | None
) -> CodeVerdict:
    """Stop requiring codes at log-ins, if this one fits; commit whatever the verdict.

    Raises CodesUnset.
    """
    row = await store.lock_totp(session, account_id)
    if row is None or row.confirmed_at is None:
        raise CodesUnset
    verdict = await spend_code(session, account_id, code, keys=keys)
    if verdict is CodeVerdict.FITS:
        await reset(session, account_id)
    return verdict


async def reset(session: AsyncSession, account_id: UUID) -> None:
    """Remove the app and notify the account's address, whoever asked. Raises CodesUnset."""
    if not await store.delete_totp(session, account_id):
        raise CodesUnset
    account = await get_account_by_id(session, account_id)
    await notify_account(session, account, MessageKind.AUTHENTICATOR_REMOVED)
    _log.warning("one-time codes removed", account_id=str(account_id))


async def keep_under_newest_key(session: AsyncSession, keys: SecretKeys) -> None:
    """Seal secrets under a retiring key. list_code_warnings reports those that no key opens."""
    keep_under_newest(await store.lock_under_other_keys(session, keys.newest), keys)
    await session.flush()


async def list_code_warnings(session: AsyncSession, settings: Settings) -> Mapping[str, str | None]:
    """Warn of secrets of apps that cannot be read."""
    keys = settings.account_keys
    unreadable = await store.count_unreadable(session, keys.names if keys else ())
    warning = f"{unreadable} are kept under a key that SECRET_KEYS lacks: give it, or reset them."
    return {"authenticator apps": warning if unreadable else None}


def _find_step(row: TotpRow, code: str, now: datetime, keys: SecretKeys | None) -> int | None:
    """Return None also where the secret cannot be read: recovery codes still work."""
    try:
        secret = read_secret(row, keys)
    except SecretUnreadable:
        _log.error("no key for an authenticator app", account_id=str(row.account_id))
        return None
    return find_step(secret, code, now=now, after=row.last_step)


async def _fits(
    session: AsyncSession, row: TotpRow, code: str, now: datetime, keys: SecretKeys | None
) -> bool:
    step = _find_step(row, code, now, keys)
    if step is not None:
        row.last_step = step
        return True
    recovery = hash_secret(code.replace("-", "").upper())
    return await store.take_recovery_code(session, row.account_id, recovery)


def _new_recovery_code() -> str:
    return b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()

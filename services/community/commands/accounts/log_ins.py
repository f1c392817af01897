"""Slow down people who guess passwords, and let people try again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.settings import Settings
from services.community.domain.accounts.log_ins import FORGOTTEN_AFTER, MANY_TIMES
from services.community.domain.addresses import hash_address, hash_email
from services.community.domain.problems import LogInPaused, NoLogInPause
from services.community.store.accounts import log_ins as log_in_store
from services.community.store.accounts.accounts import list_emails
from services.community.store.senders import get_address_key


@dataclass(frozen=True)
class LogInLimits:
    """The number of log-ins that may fail before a pause."""

    per_account: int
    per_address: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.auth_failures_per_account, settings.auth_failures_per_address)


@dataclass(frozen=True)
class LogInAttempt:
    """A log-in counted as failed until it turns out well.

    address_key: None where the device is known. account_key: None where the given text is no e-mail
    address. retry_after_s: the only answer to a password that does not fit; None while the address
    is not paused.
    """

    address_key: str | None
    account_key: str | None
    device_key: str | None = None
    retry_after_s: int | None = None

    def check(self) -> None:
        """Call once the password is known to be wrong. Raises LogInPaused."""
        if self.retry_after_s is not None:
            raise _paused(self.retry_after_s)


async def count_attempt(
    session: AsyncSession,
    email: str | None,
    address: str,
    limits: LogInLimits,
    *,
    device: str | None = None,
) -> LogInAttempt:
    """Count the attempt before the password is checked, whether the account exists or not.

    device: one from which the account has logged in before; it has its own count, so that nobody
    else can make it wait. The address's pause is for passwords that do not fit, or a whole office
    would wait for one of its people; at ten times as many failures all of it waits. Raises
    LogInPaused.
    """
    now = now_in(session)
    secret = await _secret_of_today(session)
    account_key = _account_key(secret, email) if email else None
    if device is not None:
        device_key = f"device {hash_email(secret, device)}"
        await _count(session, {device_key: limits.per_account}, now)
        return LogInAttempt(None, account_key, device_key)
    address_key = _address_key(secret, address)
    limit_by_key = {address_key: limits.per_address}
    if account_key:
        limit_by_key[account_key] = limits.per_account
    address_pause_s = await _count(session, limit_by_key, now, soft=address_key)
    return LogInAttempt(address_key, account_key, retry_after_s=address_pause_s)


async def _count(
    session: AsyncSession,
    limit_by_key: Mapping[str, int],
    now: datetime,
    *,
    soft: str | None = None,
) -> int | None:
    """Return the seconds for which the soft key is paused, if any.

    Raises LogInPaused for other keys.
    """
    failures_by_key = await log_in_store.lock_failures(session, list(limit_by_key), now=now)
    pauses_s = {key: failures.seconds_paused(now) for key, failures in failures_by_key.items()}
    refusing_pauses_s = [
        pause_s
        for key, pause_s in pauses_s.items()
        if key != soft or failures_by_key[key].count >= limit_by_key[key] * MANY_TIMES
    ]
    if longest := max(refusing_pauses_s, default=0):
        raise _paused(longest)
    for key, failures in failures_by_key.items():
        with_attempt = failures.with_attempt(now, allowed=limit_by_key[key])
        await log_in_store.save_failures(session, key, with_attempt)
    return (pauses_s[soft] or None) if soft else None


async def forgive(session: AsyncSession, attempt: LogInAttempt) -> None:
    """Forget the account's failures after a right password, but only this one of the address.

    Otherwise an account holder could try other people's passwords for ever.
    """
    now = now_in(session)
    for key in (attempt.account_key, attempt.device_key):
        if key is not None:
            await log_in_store.delete_failures(session, key)
    if attempt.address_key is None:
        return
    failures_by_key = await log_in_store.lock_failures(session, [attempt.address_key], now=now)
    for key, failures in failures_by_key.items():
        # A successful log-in does not end the pause of the other accounts tried from there.
        still_paused = attempt.retry_after_s is not None
        await log_in_store.save_failures(
            session, key, failures.without_attempt(still_paused=still_paused)
        )


async def forgive_account(session: AsyncSession, email: str) -> None:
    """Forget its failures: the password that was tried no longer exists."""
    secret = await _secret_of_today(session)
    await log_in_store.delete_failures(session, _account_key(secret, email))


@dataclass(frozen=True)
class Paused:
    email: str
    failures: int
    until: datetime


async def list_paused(session: AsyncSession) -> list[Paused]:
    """Accounts that cannot log in at the moment, in order of e-mail address."""
    paused = await log_in_store.list_paused(session, now=now_in(session))
    if not paused:
        return []
    secret = await _secret_of_today(session)
    keys = {email: _account_key(secret, email) for email in await list_emails(session)}
    return [
        Paused(email, paused[key].count, paused[key].paused_until)
        for email, key in keys.items()
        if key in paused
    ]


async def end_pause(session: AsyncSession, email: str) -> None:
    """Raises NoLogInPause."""
    secret = await _secret_of_today(session)
    if not await log_in_store.delete_failures(session, _account_key(secret, email)):
        raise NoLogInPause


async def forget_old_failures(session: AsyncSession) -> None:
    now = now_in(session)
    await log_in_store.delete_old_failures(
        session, before=now - FORGOTTEN_AFTER, day=local_day(now)
    )


def _paused(seconds: int) -> LogInPaused:
    return LogInPaused(
        f"Try again in {seconds} seconds. Where you are logged in, you stay so.",
        retry_after_s=seconds,
    )


async def _secret_of_today(session: AsyncSession) -> bytes:
    return await get_address_key(session, local_day(now_in(session)))


def _account_key(secret: bytes, email: str) -> str:
    return f"account {hash_email(secret, email)}"


def _address_key(secret: bytes, address: str) -> str:
    return f"address {hash_address(secret, address)}"

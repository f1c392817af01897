"""Slow down who tries passwords, and let people try again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.settings import Settings
from services.community.domain.addresses import hash_address, hash_email
from services.community.domain.log_ins import FORGOTTEN_AFTER, MANY_TIMES
from services.community.domain.problems import LogInPaused, NoLogInPause
from services.community.store import log_ins as log_in_store
from services.community.store.accounts import list_emails


@dataclass(frozen=True)
class Limits:
    """How many log-ins may fail before one has to wait."""

    per_account: int
    per_address: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.auth_failures_per_account, settings.auth_failures_per_address)


@dataclass(frozen=True)
class Attempt:
    """A log-in that is counted as failed until it is known better.

    address_key: None where the device is known. account_key: None where what was given is no
    e-mail address. retry_after_s: a password that does not fit is told no more than that; None
    while the address is not paused.
    """

    address_key: str | None
    account_key: str | None
    device_key: str | None = None
    retry_after_s: int | None = None

    def check(self) -> None:
        """Once the password is known to be wrong. Raises LogInPaused."""
        if self.retry_after_s is not None:
            raise _paused(self.retry_after_s)


async def count_attempt(
    session: AsyncSession,
    email: str | None,
    address: str,
    limits: Limits,
    *,
    device: str | None = None,
) -> Attempt:
    """Count it before the password is checked, of an account that does not exist just as well.

    device: from which the account has logged in before; it has its own count, so that nobody else
    can have it wait. The address's pause is for passwords that do not fit, or an office would wait
    for one of its people; ten times as many have all of it wait.
    Raises LogInPaused.
    """
    now = now_in(session)
    secret = await _secret_of_today(session)
    account_key = _account_key(secret, email) if email else None
    if device is not None:
        device_key = f"device {hash_email(secret, device)}"
        await _count(session, {device_key: limits.per_account}, now)
        return Attempt(None, account_key, device_key)
    address_key = _address_key(secret, address)
    allowed = {address_key: limits.per_address}
    if account_key:
        allowed[account_key] = limits.per_account
    of_address = await _count(session, allowed, now, soft=address_key)
    return Attempt(address_key, account_key, retry_after_s=of_address)


async def _count(
    session: AsyncSession, allowed: Mapping[str, int], now: datetime, *, soft: str | None = None
) -> int | None:
    """The seconds for which the soft key is paused, if it is. Raises LogInPaused for others."""
    known = await log_in_store.lock_failures(session, list(allowed), now=now)
    waits = {key: one.seconds_paused(now) for key, one in known.items()}
    hard = [
        wait
        for key, wait in waits.items()
        if key != soft or known[key].count >= allowed[key] * MANY_TIMES
    ]
    if longest := max(hard, default=0):
        raise _paused(longest)
    for key, failures in known.items():
        counted = failures.with_attempt(now, allowed=allowed[key])
        await log_in_store.save_failures(session, key, counted)
    return (waits[soft] or None) if soft else None


async def forgive(session: AsyncSession, attempt: Attempt) -> None:
    """The password was right: the account's failures are forgotten, of the address only this one.

    Else who has an account could try the passwords of others for ever.
    """
    now = now_in(session)
    for key in (attempt.account_key, attempt.device_key):
        if key is not None:
            await log_in_store.delete_failures(session, key)
    if attempt.address_key is None:
        return
    known = await log_in_store.lock_failures(session, [attempt.address_key], now=now)
    for key, failures in known.items():
        # Who has an account ends no pause for the others that are tried from there.
        still_paused = attempt.retry_after_s is not None
        await log_in_store.save_failures(
            session, key, failures.without_attempt(still_paused=still_paused)
        )


async def forgive_account(session: AsyncSession, email: str) -> None:
    """Its failures are forgotten: the password that was tried is no more."""
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
        raise NoLogInPause(NoLogInPause.example_detail)


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
    return await log_in_store.get_address_key(session, local_day(now_in(session)))


def _account_key(secret: bytes, email: str) -> str:
    return f"account {hash_email(secret, email)}"


def _address_key(secret: bytes, address: str) -> str:
    return f"address {hash_address(secret, address)}"

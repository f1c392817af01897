"""Slow down who tries passwords, and let people try again."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.settings import Settings
from services.community.domain.addresses import hash_address, hash_email
from services.community.domain.log_ins import FORGOTTEN_AFTER, Failures
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
    """A log-in that is counted as failed until it is known better."""

    address_key: str
    account_key: str | None
    """None: what was given is no e-mail address."""


async def count_attempt(
    session: AsyncSession, email: str | None, address: str, limits: Limits
) -> Attempt:
    """Count it before the password is checked, of an account that does not exist just as well.

    Raises LogInPaused.
    """
    now = now_in(session)
    secret = await _secret_of_today(session)
    attempt = Attempt(_address_key(secret, address), _account_key(secret, email) if email else None)
    allowed = {attempt.address_key: limits.per_address}
    if attempt.account_key:
        allowed[attempt.account_key] = limits.per_account
    known = await log_in_store.lock_failures(session, list(allowed), now=now)
    _check_not_paused(known.values(), now)
    for key, failures in known.items():
        counted = failures.with_attempt(now, allowed=allowed[key])
        await log_in_store.save_failures(session, key, counted)
    return attempt


async def forgive(session: AsyncSession, attempt: Attempt) -> None:
    """The password was right: the account's failures are forgotten, of the address only this one.

    Else who has an account could try the passwords of others for ever.
    """
    now = now_in(session)
    if attempt.account_key:
        await log_in_store.delete_failures(session, attempt.account_key)
    known = await log_in_store.lock_failures(session, [attempt.address_key], now=now)
    for key, failures in known.items():
        await log_in_store.save_failures(session, key, failures.without_attempt())


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


def _check_not_paused(known: Iterable[Failures], now: datetime) -> None:
    until = max(one.paused_until for one in known)
    if until > now:
        seconds = math.ceil((until - now).total_seconds())
        raise LogInPaused(
            f"Try again in {seconds} seconds. Where you are logged in, you stay so.",
            retry_after_s=seconds,
        )


async def _secret_of_today(session: AsyncSession) -> bytes:
    return await log_in_store.get_address_key(session, local_day(now_in(session)))


def _account_key(secret: bytes, email: str) -> str:
    return f"account {hash_email(secret, email)}"


def _address_key(secret: bytes, address: str) -> str:
    return f"address {hash_address(secret, address)}"

"""Open, refresh and revoke sessions."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Rights
from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys
from libs.common.logs import audit
from libs.common.settings import Settings
from services.community.commands.accounts.known_devices import make_device_cookie
from services.community.commands.accounts.signing_keys import get_signing_key
from services.community.credentials import hash_secret, new_secret, sign_token
from services.community.domain.problems import SessionUnknown
from services.community.store.accounts import sessions as session_store
from services.community.store.accounts.one_time_codes import has_confirmed
from services.community.tables import AccountRow, SessionRow

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class TokenTerms:
    """The tokens' issuer, audience and lifetimes."""

    issuer: str
    audience: str
    life: timedelta
    session_life: timedelta
    keys: SecretKeys | None
    """The keys that seal the signing keys."""
    second_factor_roles: frozenset[str] = frozenset()
    """Roles whose tokens carry no rights before an authenticator app is set up."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            issuer=settings.issuer,
            audience=settings.auth_audience,
            life=timedelta(minutes=settings.auth_token_minutes),
            session_life=timedelta(days=settings.auth_session_days),
            keys=settings.account_keys,
            second_factor_roles=settings.second_factor_roles,
        )


@dataclass(frozen=True)
class Origin:
    """The device and address of a log-in, and its route."""

    device: str
    address: str
    route: str
    is_browser: bool = False
    """A cookie, which no script of a page can read, keeps its session."""
    device_cookie: str = ""
    """The cookie that the browser got at its last log-in."""


@dataclass(frozen=True)
class Tokens:
    """A log-in's answer: a browser gets a cookie, a feed nothing more, others a refresh token."""

    access_token: str
    life: timedelta
    refresh_token: str | None = None
    cookie: str | None = None
    device_cookie: str | None = None


async def open_session(
    session: AsyncSession, account: AccountRow, *, origin: Origin, terms: TokenTerms
) -> Tokens:
    """Log the account in; the caller has verified who it is, and has locked the account."""
    cookie = new_secret() if origin.is_browser else None
    await audit.name_author(
        session, subject=str(account.id), roles=account.roles, route=origin.route
    )
    now = now_in(session)
    row = SessionRow(
        id=uuid4(),
        account_id=account.id,
        device=origin.device,
        secret_sha256=hash_secret(cookie) if cookie else None,
        began_at=now,
        stepped_up_at=now,
        last_used_on=local_day(now),
        expires_at=now + terms.session_life,
    )
    await session_store.add_session(session, row)
    tokens = await _give_access(session, account, row, terms)
    if cookie is not None:
        device = make_device_cookie(account.id, now=now, keys=terms.keys) if terms.keys else None
        return replace(tokens, cookie=cookie, device_cookie=device)
    return await _with_next(session, tokens, row)


async def refresh_session(
    session: AsyncSession, refresh_token: str, *, terms: TokenTerms
) -> Tokens | None:
    """Spend the token for the next one, and an access token with the present rights.

    None: it is refused. A token spent before is in two hands, and the thief's cannot be told apart:
    the session is revoked (RFC 9700, 4.14.2). Commit then, too.
    """
    session_and_token = await session_store.find_session_of_token(
        session, hash_secret(refresh_token)
    )
    if session_and_token is None:
        return None
    row, token = session_and_token
    now = now_in(session)
    if token.spent_at is not None:
        _log.warning("refresh token came twice", session_id=str(row.id))
        row.revoked_at = row.revoked_at or now
        return None
    # Unlocked: a change of the account revokes this session next, and waits for our commit.
    account = await session.get_one(AccountRow, row.account_id)
    if _is_over(row, account, now):
        return None
    token.spent_at = now
    row.last_used_on = local_day(now)
    await session.flush()
    return await _with_next(session, await _give_access(session, account, row, terms), row)


@dataclass(frozen=True)
class AccountSessions:
    """Browser sessions of people who log in here, with an account."""

    database: Database
    terms: TokenTerms

    async def renew(self, cookie: str) -> Tokens | None:
        """Return an access token with the present rights, or None if the cookie opens no session.

        Any number of tabs may call it at once: the cookie stays as it is (ADR 24).
        """
        async with self.database.transaction() as session:
            row = await session_store.find_browser_session(session, hash_secret(cookie))
            if row is None:
                return None
            now = now_in(session)
            # Unlocked: after a concurrent change of the account, the token names a session that has
            # ended.
            account = await session.get_one(AccountRow, row.account_id)
            if _is_over(row, account, now):
                return None
            row.last_used_on = local_day(now)
            return await _give_access(session, account, row, self.terms)

    async def end(self, cookie: str, *, route: str) -> None:
        """Log out; nothing happens if the cookie opens no session."""
        async with self.database.transaction() as session:
            row = await session_store.find_browser_session(session, hash_secret(cookie))
            if row is None:
                return
            account = await session.get_one(AccountRow, row.account_id)
            subject, roles = str(account.id), account.roles
            await audit.name_author(session, subject=subject, roles=roles, route=route)
            await session_store.revoke_session(session, row.id, account_id=account.id)


async def renew_stepped_up(
    session: AsyncSession, account: AccountRow, session_id: UUID, *, terms: TokenTerms
) -> Tokens:
    """Return an access token of the account's session with a fresh proof of identity.

    Raises SessionUnknown.
    """
    row = await session_store.lock_session(session, session_id)
    now = now_in(session)
    if row is None or row.account_id != account.id or _is_over(row, account, now):
        raise SessionUnknown
    row.stepped_up_at = now
    await session.flush()
    return await _give_access(session, account, row, terms)


async def revoke_own_session(session: AsyncSession, account_id: UUID, session_id: UUID) -> None:
    """Raises SessionUnknown."""
    if not await session_store.revoke_session(session, session_id, account_id=account_id):
        raise SessionUnknown


def _is_over(row: SessionRow, account: AccountRow, now: datetime) -> bool:
    return row.revoked_at is not None or row.expires_at <= now or account.disabled


async def lacks_authenticator(
    session: AsyncSession, account: AccountRow, second_factor_roles: frozenset[str]
) -> bool:
    """Return whether it has to set an app up before it may do anything else."""
    if second_factor_roles.isdisjoint(account.roles):
        return False
    return not await has_confirmed(session, account.id)


async def _with_next(session: AsyncSession, tokens: Tokens, row: SessionRow) -> Tokens:
    """Add the session's next refresh token."""
    refresh_token = new_secret()
    await session_store.add_refresh_token(session, hash_secret(refresh_token), row.id)
    return replace(tokens, refresh_token=refresh_token)


async def _give_access(
    session: AsyncSession, account: AccountRow, row: SessionRow, terms: TokenTerms
) -> Tokens:
    now = now_in(session)
    life = min(terms.life, row.expires_at - now)
    may = not await lacks_authenticator(session, account, terms.second_factor_roles)
    access_token = sign_token(
        await get_signing_key(session, terms.keys),
        issuer=terms.issuer,
        audience=terms.audience,
        now=now,
        life=life,
        account_id=account.id,
        session_id=row.id,
        stepped_up_at=row.stepped_up_at,
        rights=account.rights if may else Rights(),
    )
    return Tokens(access_token, life)

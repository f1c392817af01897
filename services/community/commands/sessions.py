"""Open, refresh and revoke sessions."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from uuid import UUID, uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import audit
from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.settings import Settings
from services.community import store
from services.community.credentials import hash_secret, new_secret, sign_token
from services.community.domain.problems import SessionUnknown
from services.community.store import sessions as session_store
from services.community.tables import AccountRow, SessionRow

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class TokenTerms:
    """Who gives the tokens, to whom, for how long."""

    issuer: str
    audience: str
    life: timedelta
    session_life: timedelta

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            issuer=settings.issuer,
            audience=settings.auth_audience,
            life=timedelta(minutes=settings.auth_token_minutes),
            session_life=timedelta(days=settings.auth_session_days),
        )


@dataclass(frozen=True)
class Origin:
    """Where a log-in comes from, and by which route."""

    device: str
    address: str
    route: str


@dataclass(frozen=True)
class Tokens:
    access_token: str
    refresh_token: str | None
    life: timedelta


async def open_session(
    session: AsyncSession, account: AccountRow, *, origin: Origin, terms: TokenTerms
) -> Tokens:
    """Log the account in; the caller has proof of who it is, and has locked the account."""
    await audit.name_author(
        session, subject=str(account.id), roles=account.roles, route=origin.route
    )
    now = now_in(session)
    row = SessionRow(
        id=uuid4(),
        account_id=account.id,
        device=origin.device,
        began_at=now,
        last_used_on=local_day(now),
        expires_at=now + terms.session_life,
    )
    await session_store.add_session(session, row)
    return await _give_tokens(session, account, row, terms)


async def refresh_session(
    session: AsyncSession, refresh_token: str, *, terms: TokenTerms
) -> Tokens | None:
    """Spend the token for the next one, and an access token with the rights of now.

    None: it is refused. A token that was spent before is in two hands, and nobody knows which is
    the thief's: the session is revoked (RFC 9700, 4.14.2). Commit then, too.
    """
    found = await session_store.find_session_of_token(session, hash_secret(refresh_token))
    if found is None:
        return None
    row, token = found
    now = now_in(session)
    if token.spent_at is not None:
        _log.warning("refresh token came twice", session_id=str(row.id))
        row.revoked_at = row.revoked_at or now
        return None
    # Unlocked: who changes the account revokes this session next, and waits for us to do so.
    account = await session.get_one(AccountRow, row.account_id)
    if row.revoked_at is not None or row.expires_at <= now or account.disabled:
        return None
    token.spent_at = now
    row.last_used_on = local_day(now)
    await session.flush()
    return await _give_tokens(session, account, row, terms)


async def revoke_own_session(session: AsyncSession, account_id: UUID, session_id: UUID) -> None:
    """Raises SessionUnknown."""
    if not await session_store.revoke_session(session, session_id, account_id=account_id):
        raise SessionUnknown(SessionUnknown.example_detail)


async def _give_tokens(
    session: AsyncSession, account: AccountRow, row: SessionRow, terms: TokenTerms
) -> Tokens:
    refresh_token = new_secret()
    await session_store.add_refresh_token(session, hash_secret(refresh_token), row.id)
    signing_key, *_ = await store.list_signing_keys(session)
    now = now_in(session)
    life = min(terms.life, row.expires_at - now)
    access_token = sign_token(
        signing_key,
        issuer=terms.issuer,
        audience=terms.audience,
        now=now,
        life=life,
        account_id=account.id,
        session_id=row.id,
        roles=account.roles,
        operations=account.operations,
        member_id=account.member_id,
    )
    return Tokens(access_token, refresh_token, life)

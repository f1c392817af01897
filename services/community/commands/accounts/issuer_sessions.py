"""Open, renew and end browser sessions of people who log in at the co-op's own issuer."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

import structlog
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import IssuerUnreachable, Principal, TokenRefused
from libs.common.auth.tokens import TokenVerifier
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys, SecretUnreadable
from libs.common.logs import audit
from services.community.commands.accounts.sessions import Tokens
from services.community.credentials import hash_secret, new_secret
from services.community.domain.accounts.visits import Visit
from services.community.issuer import Grant, GrantRefused, Issuer
from services.community.store.accounts import issuer_sessions as store
from services.community.store.members.locks import find_member_locked
from services.community.tables import IssuerSessionRow

_LEAST_LIFE = timedelta(seconds=45)
"""Of an access token returned again: the page asks for the next one 30 seconds before its end."""
_TURN = timedelta(seconds=30)
"""Longer than our timeout for the issuer."""
_LOOKS, _LOOK_AFTER_S = 50, 0.2

_log = structlog.get_logger(__name__)


class RoleMissing(Exception):  # noqa: N818 - a fact about the person, not a failure
    """The issuer knows the person, and gives them no role of ours, or an erased member's."""


class KeptTokens(BaseModel):
    """The tokens sealed under ``SECRET_KEYS``; without a refresh token, no further access token."""

    access: str
    refresh: str | None

    @classmethod
    def of(cls, grant: Grant, former: Self | None = None) -> Self:
        """Keep the former refresh token if the issuer names no new one (RFC 6749, 6)."""
        return cls(
            access=grant.access_token,
            refresh=grant.refresh_token or (former.refresh if former else None),
        )

    def lock(self, keys: SecretKeys) -> bytes:
        return keys.lock(self.model_dump_json().encode())

    @classmethod
    def unlock(cls, locked: bytes, keys: SecretKeys) -> Self:
        """Raises SecretUnreadable."""
        return cls.model_validate_json(keys.unlock(locked))


@dataclass(frozen=True)
class IssuerSessions:
    """The sessions of one issuer. No transaction is open while it is asked."""

    database: Database
    issuer: Issuer
    verifier: TokenVerifier
    keys: SecretKeys
    life: timedelta

    def begin_visit(self, return_to: str, cookie: str) -> Visit:
        """cookie: of the session open in this browser, if there is one."""
        return Visit(
            state=new_secret(),
            nonce=new_secret(),
            verifier=new_secret(),
            return_to=return_to,
            former_sha256=hash_secret(cookie),
            began_at=self.database.clock.now(),
        )

    async def open(self, visit: Visit, code: str, *, route: str) -> str:
        """Log in the person who returns from a visit with this code; return the session's cookie.

        The session open before ends.
        Raises GrantRefused, TokenRefused, RoleMissing, IssuerUnreachable.
        """
        grant = await self.issuer.redeem(code, visit.verifier)
        principal = await self._identify(grant, visit.nonce)
        cookie = new_secret()
        async with self.database.transaction() as session:
            now = now_in(session)
            if await _is_erased(session, principal.member_id):
                raise RoleMissing
            former = await store.lock_session(session, visit.former_sha256)
            if former is not None:
                await _end(session, former, route)
            await audit.name_author(
                session, subject=principal.subject, roles=sorted(principal.roles), route=route
            )
            row = IssuerSessionRow(
                id=uuid4(),
                subject=principal.subject,
                secret_sha256=hash_secret(cookie),
                locked_tokens=KeptTokens.of(grant).lock(self.keys),
                access_ends_at=now + grant.life,
                renewing_until=None,
                expires_at=now + self.life,
                member_id=principal.member_id,
            )
            await store.add_session(session, row)
        return cookie

    async def renew(self, cookie: str) -> Tokens | None:
        """Return an access token, or None if the cookie opens no session or the issuer refuses.

        Of concurrent calls, from any number of tabs, one asks the issuer and the others wait for
        its answer: many issuers treat a refresh token presented twice as stolen. Raises
        IssuerUnreachable; the session stays.
        """
        for _ in range(_LOOKS):
            async with self.database.transaction() as session:
                state = await self._look(session, cookie)
            if state is None or isinstance(state, Tokens):
                return state
            if isinstance(state, _Turn):
                return await self._take(state)
            await asyncio.sleep(_LOOK_AFTER_S)
        raise IssuerUnreachable

    async def end(self, cookie: str, *, route: str) -> None:
        """Log out here; nothing happens if the cookie opens no session."""
        async with self.database.transaction() as session:
            row = await store.lock_session(session, hash_secret(cookie))
            if row is not None:
                await _end(session, row, route)

    async def _identify(self, grant: Grant, nonce: str) -> Principal:
        subject = await self.verifier.verify_id_token(
            grant.id_token or "", client_id=self.issuer.client_id, nonce=nonce
        )
        principal = await self.verifier.verify(grant.access_token)
        if principal.subject != subject:
            raise TokenRefused
        if not principal.roles:
            raise RoleMissing
        return principal

    async def _look(self, session: AsyncSession, cookie: str) -> "Tokens | _Turn | _Wait | None":
        """Decide the next move under a lock, and record it before it is made."""
        row = await store.lock_session(session, hash_secret(cookie))
        now = now_in(session)
        if row is None or row.expires_at <= now:
            return None
        try:
            tokens = KeptTokens.unlock(row.locked_tokens, self.keys)
        except SecretUnreadable:
            _log.warning("session kept under another key", session_id=str(row.id))
            await store.delete_session(session, row.id)
            return None
        remaining = min(row.access_ends_at, row.expires_at) - now
        is_last = tokens.refresh is None
        if remaining > (timedelta() if is_last else _LEAST_LIFE):
            return Tokens(tokens.access, remaining)
        if is_last:
            await store.delete_session(session, row.id)
            return None
        if row.renewing_until is not None and row.renewing_until > now:
            return _Wait()
        row.renewing_until = now + _TURN
        return _Turn(row.id, row.subject, row.expires_at, tokens, row.member_id)

    async def _take(self, turn: "_Turn") -> Tokens | None:
        assert turn.tokens.refresh is not None
        try:
            grant = await self.issuer.renew(turn.tokens.refresh)
        except GrantRefused:
            await self._end_refused(turn)
            return None
        except IssuerUnreachable:
            async with self.database.transaction() as session:
                await store.give_up_renewing(session, turn.session_id)
            raise
        try:
            principal = await self.verifier.verify(grant.access_token)
        except TokenRefused:
            await self._end_refused(turn)
            return None
        except IssuerUnreachable:
            # Its keys cannot be read. Keep the new refresh token: the former one is spent.
            await self._keep(turn, grant, life=timedelta(), member_id=turn.member_id)
            raise
        if principal.subject != turn.subject:  # OpenID Connect Core, 12.2
            await self._end_refused(turn)
            return None
        return await self._keep(turn, grant, life=grant.life, member_id=principal.member_id)

    async def _keep(
        self, turn: "_Turn", grant: Grant, *, life: timedelta, member_id: UUID | None
    ) -> Tokens | None:
        """Return None if the session has ended meanwhile."""
        locked = KeptTokens.of(grant, turn.tokens).lock(self.keys)
        async with self.database.transaction() as session:
            now = now_in(session)
            if await _is_erased(session, member_id):
                await store.delete_session(session, turn.session_id)
                return None
            saved = await store.save_tokens(
                session, turn.session_id, locked, ends_at=now + life, member_id=member_id
            )
        return Tokens(grant.access_token, min(life, turn.expires_at - now)) if saved else None

    async def _end_refused(self, turn: "_Turn") -> None:
        _log.info("issuer ends a session", session_id=str(turn.session_id))
        async with self.database.transaction() as session:
            await store.delete_session(session, turn.session_id)


class _Wait:
    """Another call is asking the issuer."""


@dataclass(frozen=True)
class _Turn:
    """It is for the present call to ask the issuer."""

    session_id: UUID
    subject: str
    expires_at: datetime
    tokens: KeptTokens
    member_id: UUID | None


async def _is_erased(session: AsyncSession, member_id: UUID | None) -> bool:
    """If False, an erasure waits for what we are about to write, and deletes it too."""
    member = await find_member_locked(session, member_id) if member_id else None
    return member is not None and member.erased_at is not None


async def _end(session: AsyncSession, row: IssuerSessionRow, route: str) -> None:
    await audit.name_author(session, subject=row.subject, roles=[], route=route)
    await store.delete_session(session, row.id)

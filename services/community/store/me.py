"""Queries for who somebody is."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.tables import AccountRow, MemberRow, TotpRow


class LogIn(NamedTuple):
    email: str
    has_authenticator: bool


async def find_log_in(session: AsyncSession, account_id: UUID) -> LogIn | None:
    """None: it is a feed's, or of another issuer."""
    app = exists().where(TotpRow.account_id == AccountRow.id, TotpRow.confirmed_at.is_not(None))
    query = select(AccountRow.email, app).where(AccountRow.id == account_id)
    found = (await session.execute(query)).first()
    return LogIn(*found) if found else None


async def find_member(session: AsyncSession, member_id: UUID) -> MemberRow | None:
    return await session.get(MemberRow, member_id)

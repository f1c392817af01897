"""Queries of authenticator apps and recovery codes."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.tables import RecoveryCodeRow, TotpRow


async def lock_totp(session: AsyncSession, account_id: UUID) -> TotpRow | None:
    """Codes of one account are tried one after the other."""
    return await session.get(TotpRow, account_id, with_for_update=True, populate_existing=True)


async def save_unconfirmed(session: AsyncSession, account_id: UUID, secret: bytes) -> bool:
    """In the place of another that was not confirmed; False: one is in use."""
    adding = insert(TotpRow).values(account_id=account_id, secret=secret)
    saved = await session.scalar(
        adding.on_conflict_do_update(
            index_elements=["account_id"],
            set_={"secret": adding.excluded.secret},
            where=TotpRow.confirmed_at.is_(None),
        ).returning(TotpRow.account_id)
    )
    return saved is not None


async def add_recovery_codes(
    session: AsyncSession, account_id: UUID, hashes: Collection[str]
) -> None:
    session.add_all(RecoveryCodeRow(sha256=one, account_id=account_id) for one in hashes)
    await session.flush()


async def take_recovery_code(session: AsyncSession, account_id: UUID, sha256: str) -> bool:
    """Use it up, if the account has it."""
    row = RecoveryCodeRow
    taken = delete(row).where(row.account_id == account_id, row.sha256 == sha256)
    return await session.scalar(taken.returning(row.sha256)) is not None


async def delete_totp(session: AsyncSession, account_id: UUID) -> bool:
    """With its recovery codes; whether there was one."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    deleted = delete(TotpRow).where(TotpRow.account_id == account_id)
    return await session.scalar(deleted.returning(TotpRow.account_id)) is not None

"""Queries of authenticator apps and recovery codes."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.tables import RecoveryCodeRow, TotpRow


async def lock_totp(session: AsyncSession, account_id: UUID) -> TotpRow | None:
    """Make attempts at codes of one account take turns."""
    return await session.get(TotpRow, account_id, with_for_update=True, populate_existing=True)


async def has_confirmed(session: AsyncSession, account_id: UUID) -> bool:
    query = select(TotpRow.account_id).where(
        TotpRow.account_id == account_id, TotpRow.confirmed_at.is_not(None)
    )
    return await session.scalar(query) is not None


async def save_unconfirmed(
    session: AsyncSession, account_id: UUID, secret: bytes, *, locked_under: str
) -> bool:
    """Replace an unconfirmed one; False: a confirmed one is in use."""
    adding = insert(TotpRow).values(account_id=account_id, secret=secret, locked_under=locked_under)
    saved = await session.scalar(
        adding.on_conflict_do_update(
            index_elements=["account_id"],
            set_={
                "secret": adding.excluded.secret,
                "locked_under": adding.excluded.locked_under,
            },
            where=TotpRow.confirmed_at.is_(None),
        ).returning(TotpRow.account_id)
    )
    return saved is not None


async def lock_under_other_keys(session: AsyncSession, newest: str) -> Sequence[TotpRow]:
    query = select(TotpRow).where(TotpRow.locked_under != newest)
    return (await session.scalars(query.order_by(TotpRow.account_id).with_for_update())).all()


async def count_unreadable(session: AsyncSession, names: Collection[str]) -> int:
    """Count apps whose secret is sealed with none of the keys of these names."""
    query = select(func.count()).where(TotpRow.locked_under.not_in(names))
    return await session.scalar(query) or 0


async def add_recovery_codes(
    session: AsyncSession, account_id: UUID, hashes: Collection[str]
) -> None:
    session.add_all(RecoveryCodeRow(sha256=sha256, account_id=account_id) for sha256 in hashes)
    await session.flush()


async def take_recovery_code(session: AsyncSession, account_id: UUID, sha256: str) -> bool:
    """Use it up, if the account has it."""
    row = RecoveryCodeRow
    deletion = delete(row).where(row.account_id == account_id, row.sha256 == sha256)
    return await session.scalar(deletion.returning(row.sha256)) is not None


async def delete_totp(session: AsyncSession, account_id: UUID) -> bool:
    """Delete it with its recovery codes; return whether there was one."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    deleted = delete(TotpRow).where(TotpRow.account_id == account_id)
    return await session.scalar(deleted.returning(TotpRow.account_id)) is not None

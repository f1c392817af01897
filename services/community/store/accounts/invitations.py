"""Queries of invitations."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.community.domain.accounts.invitations import InvitationUnknown
from services.community.tables import AccountRow, InvitationRow, MemberRow, OperationRow


async def add_invitation(session: AsyncSession, row: InvitationRow) -> InvitationRow:
    session.add(row)
    await session.flush()
    return row


async def find_by_secret(
    session: AsyncSession, sha256: str, *, lock: bool = False
) -> InvitationRow | None:
    query = select(InvitationRow).where(InvitationRow.secret_sha256 == sha256)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(query)


class InvitationNames(NamedTuple):
    """The names behind an invitation's ids."""

    operations: Sequence[str]
    member: str | None


async def find_names(session: AsyncSession, row: InvitationRow) -> InvitationNames:
    operation, member = OperationRow, MemberRow
    operations = select(operation.name).where(operation.id.in_(row.operations))
    member_name = select(member.name).where(member.id == row.member_id)
    return InvitationNames(
        (await session.scalars(operations.order_by(operation.name))).all(),
        await session.scalar(member_name),
    )


async def lock_invitation(session: AsyncSession, invitation_id: UUID) -> InvitationRow:
    """Raises InvitationUnknown."""
    row = await session.get(InvitationRow, invitation_id, with_for_update=True)
    if row is None:
        raise InvitationUnknown(f"There is no invitation {invitation_id}.")
    return row


async def list_invitations(
    session: AsyncSession,
    scope: Scope,
    *,
    after: UUID | None,
    limit: int,
) -> Sequence[InvitationRow]:
    """List the newest first: those that its sender sent, and those for its operations alone.

    after: the last one of the previous page. Raises InvitationUnknown.
    """
    row = InvitationRow
    query = select(row)
    if scope.operations is not None:
        is_of_operations = (func.cardinality(row.operations) > 0) & row.operations.contained_by(
            scope.operations
        )
        query = query.where(or_(row.invited_by == scope.sender, is_of_operations))
    if after is not None:
        last = await session.get(row, after)
        if last is None:
            raise InvitationUnknown(f"There is no invitation {after}.")
        query = query.where(tuple_(row.invited_at, row.id) < (last.invited_at, last.id))
    newest = query.order_by(row.invited_at.desc(), row.id.desc())
    return (await session.scalars(newest.limit(limit))).all()


async def withdraw_ways_back(
    session: AsyncSession, account: AccountRow, operation_id: OperationId, *, now: datetime
) -> None:
    """Withdraw open invitations to the operation that the account sent or received."""
    row = InvitationRow
    is_of_account = or_(row.email == account.email, row.invited_by == str(account.id))
    await session.execute(
        update(row)
        .where(is_of_account, row.operations.contains([operation_id]))
        .where(row.accepted_at.is_(None), row.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )

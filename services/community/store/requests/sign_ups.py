"""Queries of sign-ups."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.ids import Direction, OperationId
from services.community.domain.requests.sign_ups import SignUp, SignUpState, SignUpUnknown
from services.community.tables import SignUpRow


async def count_unconfirmed(session: AsyncSession, email: str, *, now: datetime) -> int:
    """Count those of an address, whose sign-ups take turns from here on."""
    await lock_names(session, "sign-up", [email])
    row = SignUpRow
    query = select(func.count()).where(
        row.email == email, row.state == SignUpState.UNCONFIRMED, row.expires_at > now
    )
    return await session.scalar(query) or 0


async def add_sign_up(
    session: AsyncSession, sign_up: SignUp, *, secret_sha256: str, now: datetime, until: datetime
) -> None:
    row = SignUpRow(
        **vars(sign_up),
        state=SignUpState.UNCONFIRMED,
        asked_at=now,
        secret_sha256=secret_sha256,
        expires_at=until,
        touched_at=now,
    )
    session.add(row)
    await session.flush()


def to_sign_up(row: SignUpRow) -> SignUp:
    content = {name: getattr(row, name) for name in SignUp.__dataclass_fields__}
    return SignUp(**content | {"direction": Direction(row.direction)})


async def lock_by_secret(session: AsyncSession, secret_sha256: str) -> SignUpRow | None:
    query = select(SignUpRow).where(SignUpRow.secret_sha256 == secret_sha256)
    return await session.scalar(query.with_for_update())


async def lock_sign_up(
    session: AsyncSession, operation_id: OperationId, sign_up_id: UUID
) -> SignUpRow:
    """Lock a confirmed one. Raises SignUpUnknown."""
    row = await session.get(SignUpRow, sign_up_id, with_for_update=True, populate_existing=True)
    if row is None or row.operation_id != operation_id or row.state == SignUpState.UNCONFIRMED:
        raise SignUpUnknown(f"{operation_id} has no sign-up {sign_up_id}.")
    return row


async def list_sign_ups(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    state: SignUpState | None,
    after: UUID | None,
    limit: int,
) -> Sequence[SignUpRow]:
    """List confirmed ones, in order of id."""
    row = SignUpRow
    query = select(row).where(
        row.operation_id == operation_id, row.state != SignUpState.UNCONFIRMED
    )
    if state is not None:
        query = query.where(row.state == state)
    if after is not None:
        query = query.where(row.id > after)
    return (await session.scalars(query.order_by(row.id).limit(limit))).all()


async def list_confirmed_addresses(session: AsyncSession, member_id: UUID) -> Sequence[str]:
    """List addresses from which the member asked to take part."""
    row = SignUpRow
    query = select(row.email).where(row.member_id == member_id, row.confirmed_at.is_not(None))
    return (await session.scalars(query.distinct())).all()


async def delete_untouched(
    session: AsyncSession, *, before: datetime, now: datetime, limit: int
) -> int:
    """Delete so many of those not confirmed in time, or untouched since."""
    row = SignUpRow
    never_confirmed = (row.state == SignUpState.UNCONFIRMED) & (row.expires_at <= now)
    old_ids = (
        select(row.id)
        .where(or_(never_confirmed, row.touched_at < before))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    deleted = await session.scalars(delete(row).where(row.id.in_(old_ids)).returning(row.id))
    return len(deleted.all())

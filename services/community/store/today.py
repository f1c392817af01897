"""Query of what waits for staff: messages that do not arrive."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.database.counts import count_rows
from services.community.domain.messages.messages import Status
from services.community.tables import MessageRecipientRow, MessageRow


async def count_and_list_messages(
    session: AsyncSession,
    statuses: Collection[Status],
    *,
    since: datetime | None = None,
    before: datetime | None = None,
    limit: int,
) -> tuple[int, Sequence[UUID]]:
    """Count recipients of that status since then, or since before; return the newest's members."""
    row = MessageRecipientRow
    conditions = [among(row.status, [str(status) for status in statuses])]
    if since is not None:
        conditions.append(row.at >= since)
    if before is not None:
        conditions.append(row.at <= before)
    members = (
        select(MessageRow.member_id)
        .join(row, row.message_id == MessageRow.id)
        .where(*conditions, MessageRow.member_id.is_not(None))
        .group_by(MessageRow.member_id)
        .order_by(func.max(row.at).desc(), MessageRow.member_id)
    )
    ids = await session.scalars(members.limit(limit))
    return await count_rows(session, *conditions), [
        member_id for member_id in ids if member_id is not None
    ]

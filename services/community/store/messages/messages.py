"""Queries for the outbox of messages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, delete, exists, func, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.database.scoped import is_about, is_of
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.community.domain.messages.messages import (
    AttachedFile,
    LetterSender,
    Message,
    MessageKind,
    Recipient,
    Status,
)
from services.community.domain.problems import MessageUnknown
from services.community.tables import (
    AccountRow,
    MemberRow,
    MessageAttachmentRow,
    MessageRecipientRow,
    MessageRow,
    OperationRow,
    OrganiserRow,
)

_files = TypeAdapter(list[AttachedFile])


async def list_addresses(session: AsyncSession, member: MemberRow) -> Sequence[str]:
    """Return the member's own address, or else those of accounts that log in as the member."""
    if member.email is not None:
        return [member.email]
    query = select(AccountRow.email).where(
        AccountRow.member_id == member.id, AccountRow.disabled.is_(False)
    )
    return (await session.scalars(query.order_by(AccountRow.email))).all()


async def find_sender(session: AsyncSession, message: MessageRow) -> LetterSender | None:
    """Return who writes to a member; None if the message is not of an operation, or to staff."""
    if message.operation_id is None or message.member_id is None:
        return None
    query = (
        select(OrganiserRow.name, MemberRow.email)
        .join(OperationRow, OperationRow.organiser_id == OrganiserRow.id)
        .outerjoin(MemberRow, MemberRow.id == OrganiserRow.id)
        .where(OperationRow.id == message.operation_id)
    )
    row = (await session.execute(query)).one_or_none()
    return LetterSender(*row) if row else None


async def list_former_addresses(
    session: AsyncSession, member_id: UUID, *, since: datetime
) -> Sequence[str]:
    """Return addresses at which the member was notified, since then, of a change to another one."""
    row, message = MessageRecipientRow, MessageRow
    query = (
        select(row.address)
        .join(message, message.id == row.message_id)
        .where(
            message.member_id == member_id,
            message.kind == MessageKind.EMAIL_CHANGED,
            message.asked_at >= since,
            row.address.is_not(None),
        )
        .distinct()
    )
    return [address for address in await session.scalars(query.order_by(row.address)) if address]


async def find_message(session: AsyncSession, message_id: UUID) -> MessageRow | None:
    return await session.get(MessageRow, message_id)


async def add_message(
    session: AsyncSession,
    message: MessageRow,
    recipients: Sequence[MessageRecipientRow],
    contents: Sequence[MessageAttachmentRow],
) -> None:
    session.add(message)
    await session.flush()
    session.add_all([*recipients, *contents])
    await session.flush()


def attached_files(message: MessageRow) -> list[AttachedFile]:
    return _files.validate_python(message.attachments)


async def read_content(session: AsyncSession, message_id: UUID, sha256: str) -> bytes:
    """Read an attachment kept with the message."""
    row = await session.get_one(MessageAttachmentRow, (message_id, sha256))
    return row.content


async def lock_next_due(session: AsyncSession, *, now: datetime) -> MessageRecipientRow | None:
    """Lock the recipient who waits longest, until the end of the transaction."""
    query = (
        select(MessageRecipientRow)
        .where(MessageRecipientRow.status == "queued", MessageRecipientRow.due_at <= now)
        .order_by(MessageRecipientRow.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return await session.scalar(query)


async def find_next_due(session: AsyncSession) -> datetime | None:
    """Return when the next recipient is due, even if another process is sending to it."""
    query = select(func.min(MessageRecipientRow.due_at))
    due_at: datetime | None = await session.scalar(
        query.where(MessageRecipientRow.status == "queued")
    )
    return due_at


async def lock_recipient(
    session: AsyncSession, message_id: UUID, number: int
) -> MessageRecipientRow | None:
    """Wait for a process that is sending to it."""
    return await session.get(
        MessageRecipientRow, (message_id, number), with_for_update=True, populate_existing=True
    )


async def lock_message(session: AsyncSession, message_id: UUID) -> MessageRow:
    """Lock it after one of its recipients, so that revisions of its status take turns."""
    return await session.get_one(
        MessageRow, message_id, with_for_update={"key_share": True}, populate_existing=True
    )


async def list_recipients(
    session: AsyncSession, messages: Collection[UUID]
) -> Sequence[MessageRecipientRow]:
    """Return the addresses by message and number."""
    query = select(MessageRecipientRow).where(MessageRecipientRow.message_id.in_(messages))
    ordered = query.order_by(MessageRecipientRow.message_id, MessageRecipientRow.number)
    return (await session.scalars(ordered.execution_options(populate_existing=True))).all()


async def list_messages(
    session: AsyncSession,
    scope: Scope,
    *,
    member_id: UUID | None,
    operation_id: OperationId | None,
    statuses: Collection[Status] = (),
    after: UUID | None,
    limit: int,
) -> list[Message]:
    """List the newest first of what is in the scope.

    Messages without a member are only in the list of all.
    statuses: those of which a recipient has one; none: all. after: the last one of the previous
    page. Raises MessageUnknown.
    """
    query = select(MessageRow).where(_visible(scope))
    if member_id is not None:
        query = query.where(MessageRow.member_id == member_id)
    if operation_id is not None:
        query = query.where(MessageRow.operation_id == operation_id)
    if statuses:
        query = query.where(MessageRow.id.in_(_messages_in(statuses)))
    if after is not None:
        last = await find_message(session, after)
        if last is None:
            raise MessageUnknown(f"There is no message {after}.")
        query = query.where(tuple_(MessageRow.asked_at, MessageRow.id) < (last.asked_at, last.id))
    ordered = query.order_by(MessageRow.asked_at.desc(), MessageRow.id.desc()).limit(limit)
    rows = (await session.scalars(ordered)).all()
    recipients = defaultdict[UUID, list[MessageRecipientRow]](list)
    for recipient in await list_recipients(session, [row.id for row in rows]):
        recipients[recipient.message_id].append(recipient)
    return [_message(row, recipients[row.id]) for row in rows]


def _messages_in(statuses: Collection[Status]) -> Select[UUID]:
    row = MessageRecipientRow
    return select(row.message_id).where(among(row.status, [str(status) for status in statuses]))


def _message(row: MessageRow, recipients: Iterable[MessageRecipientRow]) -> Message:
    return Message(
        id=row.id,
        member_id=row.member_id,
        operation_id=row.operation_id,
        kind=MessageKind(row.kind),
        language=row.language,
        subject=row.subject,
        body=None if row.is_secret else row.body,
        attachments=attached_files(row),
        asked_at=row.asked_at,
        recipients=[
            Recipient(
                recipient.number,
                recipient.address,
                Status(recipient.status),
                recipient.at,
                recipient.reason,
            )
            for recipient in recipients
        ],
    )


def _visible(scope: Scope) -> ColumnElement[bool]:
    if scope.operations is None:
        return true()
    is_of_scope = is_of(MessageRow.operation_id, scope) | is_about(MessageRow.member_id, scope)
    return MessageRow.member_id.is_not(None) & is_of_scope


async def delete_oldest(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete so many of the older messages that wait for nobody; return how many."""
    waits = exists().where(
        MessageRecipientRow.message_id == MessageRow.id, MessageRecipientRow.status == "queued"
    )
    old_messages = select(MessageRow.id).where(MessageRow.asked_at < before, ~waits)
    oldest = old_messages.order_by(MessageRow.asked_at).limit(limit)
    deleted = await session.scalars(
        delete(MessageRow).where(MessageRow.id.in_(oldest)).returning(MessageRow.id)
    )
    return len(deleted.all())


async def find_waiting(
    session: AsyncSession, *, since: datetime
) -> tuple[int, datetime | None, str | None]:
    """Return how many older messages wait, since when the oldest does, and a reason."""
    queued = (
        select(MessageRow.asked_at, MessageRecipientRow.reason)
        .join(MessageRow, MessageRow.id == MessageRecipientRow.message_id)
        .where(MessageRecipientRow.status == "queued", MessageRow.asked_at < since)
        .subquery()
    )
    query = select(func.count(), func.min(queued.c.asked_at), func.max(queued.c.reason))
    count, oldest, reason = (await session.execute(query.select_from(queued))).one()
    return count, oldest, reason

"""Write to those who run an operation about papers that end, points that left, and inquiries."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.ids import OperationId
from services.community.commands.messages.messages import write_message
from services.community.commands.messages.notifications import notify, notify_reader
from services.community.domain.desk.deadlines import RENEWAL
from services.community.domain.letters.desk import write_desk_letter
from services.community.domain.messages.messages import MessageKind
from services.community.domain.messages.notifications import (
    Notification,
    NotificationKind,
    NotificationReader,
)
from services.community.store.accounts.accounts import list_desks
from services.community.store.desk import conventions, deadlines
from services.community.store.members import registry

_NOTIFIED = {
    MessageKind.DOCUMENT_ENDS: NotificationKind.DESK_DOCUMENT_ENDS,
    MessageKind.CONVENTION_ENDS: NotificationKind.DESK_CONVENTION_ENDS,
    MessageKind.POINT_LEFT: NotificationKind.DESK_POINT_LEFT,
    MessageKind.SIGN_UP_WAITING: NotificationKind.DESK_SIGN_UP,
    MessageKind.QUESTION: NotificationKind.DESK_QUESTION,
}


async def notify_organisers(
    session: AsyncSession,
    operation_id: OperationId,
    kind: MessageKind,
    facts: Mapping[str, object],
    *,
    about_id: UUID,
    link: str,
    of_member: UUID | None = None,
) -> int:
    """Write to each account that runs the operation, by its chosen channel, or else to staff.

    Returns the number of accounts. about_id: nobody is notified twice about the same thing.
    link: its path. of_member: the member whose data the letter contains.
    """
    notification = Notification(
        kind=_NOTIFIED[kind], about_id=about_id, operation_id=operation_id, facts=facts, link=link
    )
    desks = await list_desks(session, operation_id)
    for desk in desks:
        reader = NotificationReader(account_id=desk.account_id)
        if await notify_reader(session, notification, reader, desk.language, with_letter=True):
            letter = write_desk_letter(kind, facts, desk.language)
            await write_message(
                session,
                letter,
                to=desk.address,
                kind=kind,
                about=of_member,
                operation_id=operation_id,
            )
    return len(desks)


async def remind_of_next_document(session: AsyncSession, *, public_url: str, now: datetime) -> bool:
    """Remind of one document that ends soon, once for each end; return whether there was one."""
    today = local_day(now)
    # A document already ended is on the board; a late reminder helps nobody.
    row = await deadlines.find_document_to_remind_of(session, after=today, until=today + RENEWAL)
    if row is None:
        return False
    assert row.valid_to is not None, "it ends"
    if not await deadlines.add_reminder(session, row, at=now):
        return True  # another process was faster
    operation = await registry.get_operation(session, row.operation_id)
    path = f"/community/operations/{row.operation_id}/documents/{row.id}"
    facts = {
        "operation_name": operation.name,
        "document_title": row.title,
        "last_day": row.valid_to - timedelta(days=1),
        "link": f"{public_url}{path}",
    }
    about_id = uuid5(row.id, row.valid_to.isoformat())
    await notify_organisers(
        session, operation.id, MessageKind.DOCUMENT_ENDS, facts, about_id=about_id, link=path
    )
    if row.member_id is not None:
        notification = Notification(
            kind=NotificationKind.DOCUMENT_ENDS,
            about_id=about_id,
            operation_id=row.operation_id,
            facts={**facts, "title": row.title},
            link=path,
        )
        await notify(session, notification, [row.member_id])
    return True


async def remind_of_next_convention(
    session: AsyncSession, *, public_url: str, now: datetime
) -> bool:
    """Remind of one convention that ends soon, once for each end; return whether there was one."""
    today = local_day(now)
    row = await conventions.find_convention_to_remind_of(
        session, after=today, until=today + RENEWAL
    )
    if row is None:
        return False
    assert row.valid_to is not None, "it ends"
    if not await conventions.add_reminder(session, row, at=now):
        return True  # another process was faster
    operation = await registry.get_operation(session, row.operation_id)
    path = f"/community/operations/{operation.id}/convention"
    facts = {
        "operation_name": operation.name,
        "last_day": row.valid_to - timedelta(days=1),
        "link": f"{public_url}{path}",
    }
    about_id = uuid5(NAMESPACE_URL, f"{path} {row.valid_to}")
    await notify_organisers(
        session, operation.id, MessageKind.CONVENTION_ENDS, facts, about_id=about_id, link=path
    )
    return True

"""Notify members and those who run operations, and keep what they choose and have seen."""

from collections.abc import Collection, Mapping
from typing import get_args
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.events.ingest import PointLeft
from libs.common.ids import OperationId
from services.community.domain.letters.notifications import write_notification
from services.community.domain.messages.messages import Language
from services.community.domain.messages.notifications import (
    RULES,
    Channel,
    Notification,
    NotificationKind,
    NotificationReader,
    check_channel,
)
from services.community.store.accounts.accounts import list_desks
from services.community.store.members import registry
from services.community.store.messages import notifications as store
from services.community.tables import EnrolmentRow, OperationRow, PollRow


async def notify(
    session: AsyncSession, notification: Notification, member_ids: Collection[UUID]
) -> None:
    """Notify each of these members once, by the channel that each chose for the kind.

    Visible in the app from the commit on; the rounds of ``telling`` write the e-mails
    afterwards. Nobody is notified twice about the same thing.
    """
    languages: tuple[Language, ...] = get_args(Language)
    words = {language: write_notification(notification, language) for language in languages}
    await store.add_notifications(session, notification, words, member_ids, at=now_in(session))
    ring_after_commit(session)


async def tell_of_poll(
    session: AsyncSession,
    poll: PollRow,
    kind: NotificationKind,
    member_ids: Collection[UUID],
    **facts: object,
) -> None:
    """facts: of the kind, beyond those common to all polls."""
    operation = await registry.get_operation(session, poll.operation_id)
    poll_facts = {
        "question": poll.question,
        "operation_name": operation.name,
        "opens_at": poll.opens_at,
        "closes_at": poll.closes_at,
    }
    notification = Notification(
        kind=kind,
        about_id=poll.id,
        operation_id=poll.operation_id,
        facts=poll_facts | facts,
        link=f"/community/operations/{poll.operation_id}/polls/{poll.id}",
    )
    await notify(session, notification, member_ids)


async def notify_of_departure(
    session: AsyncSession,
    operation: OperationRow,
    departure: PointLeft,
    member_ids: Collection[UUID],
) -> None:
    """Notify members whose participation the DSO has ended, unasked and perhaps by mistake."""
    point = await registry.get_point(session, departure.prm)
    notification = Notification(
        kind=NotificationKind.POINT_LEFT,
        about_id=departure.id,
        operation_id=operation.id,
        facts={
            "label": point.label,
            "operation_name": operation.name,
            "left_on": departure.left_on,
        },
        link=f"/community/operations/{operation.id}",
    )
    await notify(session, notification, member_ids)


async def notify_of_enrolment(
    session: AsyncSession, row: EnrolmentRow, kind: NotificationKind
) -> None:
    """Notify the member."""
    operation = await registry.get_operation(session, row.operation_id)
    point = await registry.get_point(session, row.prm)
    notification = Notification(
        kind=kind,
        about_id=row.id,
        operation_id=row.operation_id,
        facts={
            "label": point.label,
            "operation_name": operation.name,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
        },
        link=f"/community/operations/{row.operation_id}/enrolments/{row.id}",
    )
    await notify(session, notification, [row.member_id])


async def notify_reader(
    session: AsyncSession,
    notification: Notification,
    reader: NotificationReader,
    language: Language,
    *,
    with_letter: bool = False,
) -> bool:
    """Notify one member or one account, by the channel that they chose for the kind.

    with_letter: the caller writes an e-mail of its own, in this transaction, if this returns True;
    otherwise the rounds of ``telling`` write one. Nobody is notified twice about the same
    thing.
    """
    channel = await store.find_channel(session, reader, notification.kind)
    if channel == Channel.NONE:
        return False
    now = now_in(session)
    is_mailed = with_letter and channel == Channel.EMAIL
    is_new = await store.add_notification(
        session,
        notification,
        write_notification(notification, language),
        reader,
        channel,
        language=language,
        at=now,
        mailed_at=now if is_mailed else None,
    )
    ring_after_commit(session)
    return is_mailed and is_new


async def notify_desks(
    session: AsyncSession, operation_id: OperationId, notification: Notification
) -> None:
    """Notify each account that runs the operation, or staff, by the channel that it chose.

    Nobody is notified twice about the same thing.
    """
    for desk in await list_desks(session, operation_id):
        await notify_reader(
            session, notification, NotificationReader(account_id=desk.account_id), desk.language
        )


async def mark_seen(
    session: AsyncSession, reader: NotificationReader, only: Collection[UUID] | None
) -> int:
    """Return how many are left unseen. Raises NotificationUnknown."""
    await store.mark_seen(session, reader, only, at=now_in(session))
    return await store.count_unseen(session, reader)


async def choose_channels(
    session: AsyncSession, reader: NotificationReader, channels: Mapping[NotificationKind, Channel]
) -> None:
    """Replace the earlier choice, also for notifications not mailed yet.

    Raises MemberUnknown, ChannelNotOffered.
    """
    if reader.member_id is not None:
        await registry.get_member(session, reader.member_id)
    for kind, channel in channels.items():
        check_channel(reader, kind, channel)
    await store.set_channels(session, reader, channels)
    for kind in NotificationKind:
        chosen = channels.get(kind, RULES[kind].default)
        await store.move_unmailed(session, reader, kind, chosen)
    ring_after_commit(session)  # a digest with them may be due already

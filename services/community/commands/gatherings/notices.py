"""Notify members of gatherings: invitations, changes, seats, reminders, each in one message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.rounds.attempts import attempt
from libs.common.settings import Settings
from services.community.commands.messages.messages import write_message
from services.community.commands.messages.notifications import notify_reader
from services.community.domain.gatherings.gathering import GatheringKind, GatheringState
from services.community.domain.letters.gatherings import (
    gathering_facts,
    kind_of,
    write_gathering_letter,
)
from services.community.domain.messages.messages import Language, MessageKind
from services.community.domain.messages.notifications import Notification, NotificationReader
from services.community.formats.calendars import INVITATION_TYPE, write_invitation
from services.community.mail.making import Attachment
from services.community.store.gatherings import gatherings
from services.community.store.gatherings import notices as store
from services.community.store.gatherings.series import list_gatherings_of_series
from services.community.store.members import registry
from services.community.tables import (
    GatheringNoticeRow,
    GatheringReplyRow,
    GatheringRow,
    MemberRow,
)

_ATTACHMENT_MAX_BYTES = 64 * 1024
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Herald:
    """The sender of the messages, and the address of the page that links lead to."""

    sender: Address
    public_url: str


async def notify_audience(session: AsyncSession, row: GatheringRow, kind: MessageKind) -> None:
    """Queue a notice to the gathering's whole audience, sent soon after the commit."""
    await store.queue_for_audience(session, row.id, kind, at=now_in(session))
    ring_after_commit(session)


async def notify_seated(session: AsyncSession, replies: Sequence[GatheringReplyRow]) -> None:
    """Queue a notice to members who waited and have a seat now."""
    for reply in replies:
        await store.queue_for_member(
            session,
            reply.gathering_id,
            MessageKind.GATHERING_SEAT,
            reply.member_id,
            at=now_in(session),
        )
    ring_after_commit(session)


async def remind_next(session: AsyncSession, *, now: datetime) -> bool:
    """Remind the people who come to one gathering, if one is due; return whether there was one.

    The mark and the notices are one transaction: nobody is reminded twice.
    """
    row = await store.lock_next_to_remind(session, now=now)
    if row is None:
        return False
    row.remind_at = None
    await session.flush()
    if row.starts_at > now:
        await store.queue_for_attendees(session, row.id, MessageKind.GATHERING_REMINDER, at=now)
    return True


async def write_next(session: AsyncSession, herald: Herald) -> bool:
    """Write the message that waits longest; return whether there was one.

    It describes the gathering as it is now; a notice no longer true is dropped. One that cannot be
    written is our bug or a spoilt row: it stops no other, and is tried again after a while.
    """
    now = now_in(session)
    notice = await store.lock_next(session, now=now)
    if notice is None:
        return False
    async with attempt(session) as writing:
        await _write_notice(session, herald, notice)
    if writing.error is None:
        await store.remove(session, notice)
        return True
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(notice.attempts, 10))
    await store.put_off(session, notice, until=now + pause)
    # The class alone: what an error says may name people.
    bug = type(writing.error).__name__
    _log.error("notice not written", gathering_id=str(notice.gathering_id), error=bug)
    return True


async def list_notice_warnings(
    session: AsyncSession, _settings: Settings
) -> Mapping[str, str | None]:
    """Warn of notices that cannot be written."""
    count, first = await store.find_put_off(session)
    if not first:
        return {"notices": None}
    since = f"{first:%Y-%m-%d %H:%M} UTC"
    return {"notices": f"{count} cannot be written, the first since {since}. The log says why."}


async def _write_notice(session: AsyncSession, herald: Herald, notice: GatheringNoticeRow) -> None:
    row, member = await store.load(session, notice)
    kind = MessageKind(notice.kind)
    subjects = await _subjects(session, kind, row)
    if subjects:
        await _write(session, herald, kind, subjects, member)


async def _subjects(
    session: AsyncSession, kind: MessageKind, row: GatheringRow
) -> Sequence[GatheringRow]:
    """Return the gatherings to notify about; of a series those not called off."""
    if kind == MessageKind.GATHERING_SERIES and row.series_id is not None:
        return await list_gatherings_of_series(
            session, row.series_id, only=GatheringState.ANNOUNCED
        )
    is_called_off = kind == MessageKind.GATHERING_CANCELLATION
    return [row] if is_called_off == (row.state == GatheringState.CANCELLED) else []


async def _write(
    session: AsyncSession,
    herald: Herald,
    kind: MessageKind,
    subjects: Sequence[GatheringRow],
    member: MemberRow,
) -> None:
    """Notify in the app, and by an e-mail with the event if the member chose e-mails.

    subjects: one gathering, or those of a series, in order.
    """
    notification = await _notification(session, kind, subjects)
    reader = NotificationReader(member.id)
    if not await notify_reader(session, notification, reader, member.language, with_letter=True):
        return
    letter = write_gathering_letter(
        kind,
        notification.facts,
        member.language,
        member_name=member.name,
        link=f"{herald.public_url}{notification.link}",
    )
    await write_message(
        session,
        letter,
        to=member,
        kind=kind,
        operation_id=notification.operation_id,
        attachments=[]
        if kind == MessageKind.GATHERING_MINUTES
        else [_invitation(subjects, member.language, herald)],
    )


async def _notification(
    session: AsyncSession, kind: MessageKind, subjects: Sequence[GatheringRow]
) -> Notification:
    row = subjects[0]
    operation_name = None
    if row.operation_id is not None:
        operation_name = (await registry.get_operation(session, row.operation_id)).name
    return Notification(
        kind=kind_of(kind, is_assembly=row.kind == GatheringKind.ASSEMBLY),
        about_id=uuid4(),  # the notice is there once for each time
        operation_id=row.operation_id,
        facts=gathering_facts(
            gatherings.to_gathering(row),
            operation_name=operation_name,
            reason=row.cancelled_reason,
            count=len(subjects),
        ),
        link=f"/community/gatherings/{row.id}",
    )


def _invitation(rows: Sequence[GatheringRow], language: Language, herald: Herald) -> Attachment:
    """Write an event for as many of the gatherings, from the first, as an attachment may hold."""
    entries = [gatherings.to_entry(row, language) for row in rows]
    content = write_invitation(entries, organiser=herald.sender)
    while len(content) > _ATTACHMENT_MAX_BYTES:
        entries = entries[: len(entries) // 2]
        content = write_invitation(entries, organiser=herald.sender)
    return Attachment("invitation.ics", INVITATION_TYPE, content)

"""Send the messages of the outbox, and record their delivery status."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from enum import Enum, auto
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.file_store import FileLost, file_store
from libs.common.rounds.attempts import attempt
from libs.common.settings import Settings
from services.community.commands.messages.messages import note_status
from services.community.domain.letters.templates import one_line
from services.community.domain.messages.messages import (
    AttachedFile,
    Letter,
    LetterSender,
    NotSentReason,
    Status,
    next_attempt,
)
from services.community.domain.problems import MessageUnknown
from services.community.mail.bounces import Bounce
from services.community.mail.making import Addressee, Attachment, Email, is_usable, make_email
from services.community.mail.outlets import Outlet, Postponed, RecipientRefused
from services.community.store.messages import messages as store
from services.community.tables import MessageRecipientRow, MessageRow

_LONGEST_WAIT = timedelta(minutes=15)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Post:
    """One process's way of sending: its outlet, its sender and its files."""

    outlet: Outlet
    sender: Address
    settings: Settings


class Then(Enum):
    """The next action after an attempt to send."""

    GO_ON = auto()
    WAIT = auto()  # nothing is due, or the server is away: trying each message would stall the loop
    PAUSE = auto()  # a server locks us out after too many wrong passwords


async def send_next(session: AsyncSession, post: Post) -> Then:
    """Send to the recipient who waits longest, if one is due.

    A crash between the server's acceptance and our commit sends it again, under the same
    Message-ID.
    """
    recipient = await store.lock_next_due(session, now=now_in(session))
    if recipient is None:
        return Then.WAIT
    message = await store.find_message(session, recipient.message_id)
    assert message is not None
    async with attempt() as sent:
        await post.outlet.send(await _make(session, message, recipient, post))
    reason: str | None = None
    match sent.error:
        case None:
            status = Status.SENT
        case RecipientRefused() as refusal:
            status, reason = Status.BOUNCED, refusal.reason
        case Postponed() as postponement:
            status, reason = _postpone(recipient, now_in(session)), postponement.reason
        case bug:
            # Only the class of the error, as its text may hold an address.
            status, reason = Status.FAILED, f"{NotSentReason.BUG} {type(bug).__name__}"
    await _set_status(session, recipient, status, reason)
    return _then(reason)


def _then(reason: str | None) -> Then:
    if reason == NotSentReason.SERVER_UNREACHABLE:
        return Then.WAIT
    refuses_us = reason is not None and reason.startswith(NotSentReason.SERVER_REFUSES_US)
    return Then.PAUSE if refuses_us else Then.GO_ON


async def _make(
    session: AsyncSession, message: MessageRow, recipient: MessageRecipientRow, post: Post
) -> Email:
    """Raises Postponed."""
    assert recipient.address is not None
    assert message.body is not None  # a secret body is kept while a recipient waits
    files = store.attached_files(message)
    desk = await store.find_sender(session, message)
    return make_email(
        Addressee(message.id, recipient.number),
        Letter(message.subject, message.body, message.language),
        sender=_sender(post.sender, desk),
        to=recipient.address,
        written_at=message.asked_at,
        attachments=[
            Attachment(file.name, file.media_type, await _read(session, message.id, file, post))
            for file in files
        ],
        reply_to=desk.email if desk and desk.email and is_usable(desk.email) else None,
    )


def _sender(platform: Address, desk: LetterSender | None) -> Address:
    """The platform's address, as its server must send it, under the organiser's name."""
    if desk is None:
        return platform
    return Address(display_name=one_line(desk.name), addr_spec=platform.addr_spec)


async def _read(session: AsyncSession, message_id: UUID, file: AttachedFile, post: Post) -> bytes:
    """Raises Postponed."""
    if file.room is None:
        return await store.read_content(session, message_id, file.sha256)
    try:
        async with file_store(post.settings, file.room).reading(file.sha256) as content:
            return content.read()
    except (FileLost, OSError) as error:
        raise Postponed(NotSentReason.ATTACHMENT_MISSING) from error


def _postpone(recipient: MessageRecipientRow, now: datetime) -> Status:
    """now: when the attempt began, as that is the instant of its transaction."""
    recipient.attempts += 1
    due_at = next_attempt(attempts=recipient.attempts, now=now, expires_at=recipient.expires_at)
    if due_at is None:
        return Status.FAILED
    recipient.due_at = due_at
    return Status.QUEUED


async def note_bounce(session: AsyncSession, bounce: Bounce) -> MessageRecipientRow:
    """Record a server's later report; a report that nothing failed changes nothing.

    Raises MessageUnknown.
    """
    addressee = bounce.addressee
    recipient = await store.lock_recipient(session, addressee.message_id, addressee.number)
    if recipient is None:
        raise MessageUnknown(f"There is no message {addressee.message_id} with this recipient.")
    if bounce.has_failed and recipient.status in {Status.QUEUED, Status.SENT}:
        await _set_status(session, recipient, Status.BOUNCED, bounce.code)
    return recipient


async def _set_status(
    session: AsyncSession, recipient: MessageRecipientRow, status: Status, reason: str | None
) -> None:
    """Record the recipient's status, and publish it if it is new."""
    if (recipient.status, recipient.reason) != (status, reason):
        recipient.status, recipient.reason, recipient.at = status, reason, now_in(session)
        await session.flush()
        message = await store.lock_message(session, recipient.message_id)
        await note_status(session, message)
        _log.info("message", message_id=str(recipient.message_id), status=status, reason=reason)


async def list_mail_warnings(
    session: AsyncSession, _settings: Settings
) -> Mapping[str, str | None]:
    """Warn of messages that wait long, mostly because an SMTP server does not take them."""
    since = now_in(session) - _LONGEST_WAIT
    count, oldest, reason = await store.find_waiting(session, since=since)
    if not oldest:
        return {"mail": None}
    brackets = f" ({reason})" if reason else ""
    return {"mail": f"{count} waiting, the oldest since {oldest:%Y-%m-%d %H:%M} UTC{brackets}."}

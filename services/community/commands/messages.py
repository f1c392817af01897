"""The one outbox of messages to members: write them, send them, tell what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from enum import Enum, auto

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.database import ring_after_commit
from libs.common.events.billing import AttachmentPart, MessageAsked
from libs.common.events.community import MessageStatusChanged, RecipientPart
from libs.common.file_store import FileLost, file_store
from libs.common.messaging.consumer import is_fault
from libs.common.settings import Settings
from services.community import store as registry
from services.community.domain.letters import write_letter
from services.community.domain.messages import (
    TRIED_FOR,
    Facts,
    Letter,
    MessageKind,
    Reason,
    Status,
    next_attempt,
)
from services.community.domain.problems import MessageUnknown
from services.community.mail.bounces import Bounce
from services.community.mail.making import Addressee, Attachment, Email, is_usable, make_email
from services.community.mail.outlets import Outlet, Postponed, Refused
from services.community.store import messages as store
from services.community.tables import MemberRow, MessageRecipientRow, MessageRow

_LONGEST_WAIT = timedelta(minutes=15)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Post:
    """How one process sends: where to, as whom, and with which files."""

    outlet: Outlet
    sender: Address
    settings: Settings


class Then(Enum):
    """What to do after an attempt to send."""

    GO_ON = auto()
    WAIT = auto()  # nothing is due, or to wait for a server for each message would stall the loop
    PAUSE = auto()  # a server that is asked again and again with a wrong password locks us out


async def record_message(session: AsyncSession, asked: MessageAsked) -> None:
    """Write a message and queue it for each address of the member; again, nothing happens.

    Raises MemberUnknown.
    """
    if await store.find_message(session, asked.message_id) is not None:
        return
    member = await registry.get_member(session, asked.member_id)
    facts = Facts(**asked.facts.model_dump())
    letter = write_letter(MessageKind(asked.kind), facts, asked.language, member_name=member.name)
    message = MessageRow(
        id=asked.message_id,
        member_id=asked.member_id,
        operation_id=asked.operation_id,
        kind=asked.kind,
        language=asked.language,
        subject=letter.subject,
        body=letter.body,
        attachments=[one.model_dump() for one in asked.attachments],
        asked_at=asked.time,
        revision=0,
    )
    await store.add_message(session, message, await _recipients(session, asked, member))
    await _publish_status(session, message)
    ring_after_commit(session)


async def _recipients(
    session: AsyncSession, asked: MessageAsked, member: MemberRow
) -> list[MessageRecipientRow]:
    """One at least: whoever has no address is told as failed."""
    now = datetime.now(UTC)
    addresses: list[str | None] = [*await store.list_addresses(session, member)]
    return [
        MessageRecipientRow(
            message_id=asked.message_id,
            number=number,
            address=address,
            status=Status.QUEUED if reason is None else Status.FAILED,
            at=now,
            reason=reason,
            attempts=0,
            due_at=now,
            expires_at=now + TRIED_FOR,
        )
        for number, address in enumerate(addresses or [None], start=1)
        for reason in [_why_not(address)]
    ]


def _why_not(address: str | None) -> Reason | None:
    if address is None:
        return Reason.NO_ADDRESS
    return None if is_usable(address) else Reason.ADDRESS_UNUSABLE


async def send_next(session: AsyncSession, post: Post) -> Then:
    """Send to the recipient who waits longest, if one is due.

    Killed between the server's yes and our commit, we send it again, under the same Message-ID.
    """
    recipient = await store.lock_next_due(session, now=datetime.now(UTC))
    if recipient is None:
        return Then.WAIT
    message = await store.find_message(session, recipient.message_id)
    assert message is not None
    reason: str | None = None
    try:
        await post.outlet.send(await _make(message, recipient, post))
    except Refused as refusal:
        status, reason = Status.BOUNCED, refusal.reason
    except Postponed as postponement:
        status, reason = _postpone(recipient), postponement.reason
    except Exception as error:  # noqa: BLE001 - told on the recipient, or raised again
        status, reason = Status.FAILED, _why_not_sent(error)
    else:
        status = Status.SENT
    await _tell(session, recipient, status, reason)
    return _then(reason)


def _then(reason: str | None) -> Then:
    if reason == Reason.SERVER_UNREACHABLE:
        return Then.WAIT
    refuses_us = reason is not None and reason.startswith(Reason.SERVER_REFUSES_US)
    return Then.PAUSE if refuses_us else Then.GO_ON


def _why_not_sent(error: Exception) -> str:
    """But for faults, which are raised again: whatever one e-mail raises, others go on."""
    if is_fault(error):
        raise error
    # Only the class of the error, as its text may hold an address.
    return f"{Reason.BUG} {type(error).__name__}"


async def _make(message: MessageRow, recipient: MessageRecipientRow, post: Post) -> Email:
    """Raises Postponed."""
    assert recipient.address is not None
    return make_email(
        Addressee(message.id, recipient.number),
        Letter(message.subject, message.body),
        sender=post.sender,
        to=recipient.address,
        language=message.language,
        written_at=message.asked_at,
        attachments=[await _attachment(one, post) for one in _attached(message)],
    )


def _attached(message: MessageRow) -> list[AttachmentPart]:
    return [AttachmentPart.model_validate(one) for one in message.attachments]


async def _attachment(part: AttachmentPart, post: Post) -> Attachment:
    """Raises Postponed."""
    try:
        async with file_store(post.settings, part.room).reading(part.sha256) as file:
            return Attachment(part.name, part.media_type, file.read())
    except (FileLost, OSError) as error:
        raise Postponed(Reason.ATTACHMENT_MISSING) from error


def _postpone(recipient: MessageRecipientRow) -> Status:
    recipient.attempts += 1
    now = datetime.now(UTC)
    due_at = next_attempt(attempts=recipient.attempts, now=now, expires_at=recipient.expires_at)
    if due_at is None:
        return Status.FAILED
    recipient.due_at = due_at
    return Status.QUEUED


async def note_bounce(session: AsyncSession, bounce: Bounce) -> MessageRecipientRow:
    """What a server told later; a report that nothing failed changes nothing.

    Raises MessageUnknown.
    """
    one = bounce.addressee
    recipient = await store.lock_recipient(session, one.message_id, one.number)
    if recipient is None:
        raise MessageUnknown(f"There is no message {one.message_id} with this recipient.")
    if bounce.has_failed and recipient.status in {Status.QUEUED, Status.SENT}:
        await _tell(session, recipient, Status.BOUNCED, bounce.code)
    return recipient


async def _tell(
    session: AsyncSession, recipient: MessageRecipientRow, status: Status, reason: str | None
) -> None:
    """Note what became of it, and tell the other services if that is new."""
    if (recipient.status, recipient.reason) != (status, reason):
        recipient.status, recipient.reason, recipient.at = status, reason, datetime.now(UTC)
        await session.flush()
        await _publish_status(session, await store.lock_message(session, recipient.message_id))
        _log.info("message", message_id=str(recipient.message_id), status=status, reason=reason)


async def _publish_status(session: AsyncSession, message: MessageRow) -> None:
    message.revision += 1
    changed = MessageStatusChanged(
        time=datetime.now(UTC),
        message_id=message.id,
        member_id=message.member_id,
        revision=message.revision,
        recipients=[
            RecipientPart.model_validate(one, from_attributes=True)
            for one in await store.list_recipients(session, [message.id])
        ],
    )
    await messaging.publish(session, changed)


async def list_mail_warnings(
    session: AsyncSession, _settings: Settings
) -> Mapping[str, str | None]:
    """Whether messages wait for long, mostly because a server of SMTP does not take them."""
    since = datetime.now(UTC) - _LONGEST_WAIT
    count, oldest, reason = await store.find_waiting(session, since=since)
    if not oldest:
        return {"mail": None}
    why = f" ({reason})" if reason else ""
    return {"mail": f"{count} waiting, the oldest since {oldest:%Y-%m-%d %H:%M} UTC{why}."}

"""Write messages to the one outbox, and publish their delivery status."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.events.billing import MessageAsked
from libs.common.events.community import MessageStatusChanged, RecipientPart
from libs.common.ids import OperationId
from services.community.domain.letters.billing import write_billing_letter
from services.community.domain.messages.messages import (
    TRIED_FOR,
    AttachedFile,
    Letter,
    MessageDocument,
    MessageFacts,
    MessageKind,
    NotSentReason,
    Status,
)
from services.community.mail.making import Attachment, is_usable
from services.community.store.members import registry
from services.community.store.messages import messages as store
from services.community.tables import (
    MemberRow,
    MessageAttachmentRow,
    MessageRecipientRow,
    MessageRow,
)


async def write_message(
    session: AsyncSession,
    letter: Letter,
    *,
    to: MemberRow | str,
    kind: MessageKind,
    about: UUID | None = None,
    operation_id: OperationId | None = None,
    attachments: Sequence[Attachment] = (),
    is_secret: bool = False,
) -> UUID:
    """Write a message of this service, and queue it for each address of the member, or for one.

    Returns its id. about: the member it concerns, though the address is not theirs, or not yet:
    they see it, and it is erased with them. operation_id: the operation whose organiser may read
    it, unless it is to an address only. attachments: of 64 KiB each at most, kept with it.
    is_secret: it has a link that logs in or confirms; its body is shown to nobody, and erased once
    it waits for no address.
    """
    message = MessageRow(
        id=uuid4(),
        member_id=about if isinstance(to, str) else to.id,
        operation_id=operation_id,
        kind=kind,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        is_secret=is_secret,
        is_reported=False,
        attachments=[asdict(_described(attachment)) for attachment in attachments],
        asked_at=now_in(session),
        revision=0,
    )
    addresses = [to] if isinstance(to, str) else await store.list_addresses(session, to)
    contents = {_sha256(attachment): attachment.content for attachment in attachments}
    await _queue(session, message, addresses, contents)
    return message.id


async def record_message(session: AsyncSession, request: MessageAsked) -> None:
    """Write a message that another service asked for; repeating it changes nothing.

    Raises MemberUnknown.
    """
    if await store.find_message(session, request.message_id) is not None:
        return
    member = await registry.get_member(session, request.member_id)
    if member.erased_at is not None:  # a kept message would be about a person again
        return
    documents = [MessageDocument(**dict(document)) for document in request.facts.documents]
    facts = MessageFacts(**{**dict(request.facts), "documents": documents})
    kind = MessageKind(request.kind)
    letter = write_billing_letter(kind, facts, request.language, member_name=member.name)
    message = MessageRow(
        id=request.message_id,
        member_id=request.member_id,
        operation_id=request.operation_id,
        kind=kind,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        is_secret=False,
        is_reported=True,
        attachments=[attachment.model_dump() for attachment in request.attachments],
        asked_at=request.time,
        revision=0,
    )
    await _queue(session, message, await store.list_addresses(session, member), {})


def _described(attachment: Attachment) -> AttachedFile:
    return AttachedFile(
        attachment.name, attachment.media_type, len(attachment.content), _sha256(attachment)
    )


def _sha256(attachment: Attachment) -> str:
    return hashlib.sha256(attachment.content).hexdigest()


async def _queue(
    session: AsyncSession,
    message: MessageRow,
    addresses: Sequence[str],
    contents: Mapping[str, bytes],
) -> None:
    """contents: of attachments kept with the message, by sha256."""
    await store.add_message(
        session,
        message,
        _recipients(message, addresses, now_in(session)),
        [
            MessageAttachmentRow(message_id=message.id, sha256=sha256, content=content)
            for sha256, content in contents.items()
        ],
    )
    await note_status(session, message)
    ring_after_commit(session)


def _recipients(
    message: MessageRow, addresses: Sequence[str], now: datetime
) -> list[MessageRecipientRow]:
    """Return at least one recipient: without an address it is recorded as failed."""
    return [
        MessageRecipientRow(
            message_id=message.id,
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
        for reason in [_refusal(address)]
    ]


def _refusal(address: str | None) -> NotSentReason | None:
    if address is None:
        return NotSentReason.NO_ADDRESS
    return None if is_usable(address) else NotSentReason.ADDRESS_UNUSABLE


async def note_status(session: AsyncSession, message: MessageRow) -> None:
    """After a change of a recipient: erase the body nobody waits for, publish the status if asked.

    message: new, or locked, so that of two last recipients one sees the other.
    """
    recipients = await store.list_recipients(session, [message.id])
    if message.is_secret and all(recipient.status != Status.QUEUED for recipient in recipients):
        message.body = None
    message.revision += 1
    if message.is_reported:
        await messaging.publish(session, _status_event(message, recipients, now_in(session)))


def _status_event(
    message: MessageRow, recipients: Sequence[MessageRecipientRow], now: datetime
) -> MessageStatusChanged:
    assert message.member_id is not None
    return MessageStatusChanged(
        time=now,
        message_id=message.id,
        member_id=message.member_id,
        revision=message.revision,
        recipients=[
            RecipientPart.model_validate(recipient, from_attributes=True)
            for recipient in recipients
        ],
    )

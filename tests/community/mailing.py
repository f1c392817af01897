"""Messages that billing asks for, and what servers report of them."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from libs.common.events.billing import AttachmentPart, MessageAsked, MessageFactsPart
from libs.common.file_store import file_store
from libs.common.settings import Settings
from tests.billing.issued import until
from tests.community.coop import member_body, new_operation_id, put

ROOM = "invoices"
FACTS = MessageFactsPart(
    number="F2026-00001",
    issue_date=date(2026, 11, 5),
    due_date=date(2026, 12, 5),
    total_cents=108,
    issuer_name="Soleils d’Aurelle",
    operation_name="Pousse-Soleil",
)


def asked(member_id: str, **changes: Any) -> MessageAsked:  # noqa: ANN401 - an event's values
    values = {
        "time": datetime(2026, 11, 5, 9, tzinfo=UTC),
        "message_id": uuid4(),
        "member_id": member_id,
        "operation_id": new_operation_id(),
        "kind": "invoice",
        "language": "fr",
        "facts": FACTS,
    }
    return MessageAsked.model_validate(values | changes)


def new_address() -> str:
    return f"lucie.{uuid4().hex[:12]}@example.org"


async def given_reader(operator: httpx.AsyncClient, **changes: object) -> str:
    """A member with these changes."""
    member_id = str(uuid4())
    await put(operator, f"/members/{member_id}", member_body(**changes))
    return member_id


async def given_pdf(settings: Settings, content: bytes) -> AttachmentPart:
    """Kept in the store of files, as billing does it."""
    with (files := file_store(settings, ROOM)).draft() as draft:
        draft.write(content)
        await files.keep(draft)
    return AttachmentPart(
        room=ROOM,
        sha256=hashlib.sha256(content).hexdigest(),
        byte_count=len(content),
        name="F2026-00001.pdf",
        media_type="application/pdf",
    )


async def read_message(client: httpx.AsyncClient, message: MessageAsked) -> dict[str, Any]:
    answer = await client.get(
        "/community/messages", params={"member_id": str(message.member_id), "limit": 1000}
    )
    assert answer.status_code == 200, answer.text
    (sent_message,) = [row for row in answer.json() if row["id"] == str(message.message_id)]
    return dict(sent_message)


async def until_status(
    client: httpx.AsyncClient, message: MessageAsked, *expected: str
) -> list[dict[str, Any]]:
    """The recipients, once these are their states."""

    async def reached() -> list[dict[str, Any]] | None:
        recipients = (await read_message(client, message))["recipients"]
        states = [recipient["status"] for recipient in recipients]
        return recipients if states == list(expected) else None

    return await until(reached)


def eml(folder: Path, message_id: UUID, number: int = 1) -> Path:
    return folder / f"{message_id}-{number}.eml"


def report(
    message_id: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    original: str = "message/rfc822",
) -> bytes:
    """As servers write them (RFC 3464, appendix E)."""
    lines = [
        "From: MAILER-DAEMON@example.org",
        "To: no-reply@volts.test",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
        "",
        "--b1",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        "Your message could not be delivered.",
        "",
        "--b1",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mail.example.org",
        "Arrival-Date: Thu, 5 Nov 2026 09:00:00 +0000",
        "",
        "Final-Recipient: rfc822; lucie@example.org",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 <lucie@example.org>: no such mailbox",
        "",
        "--b1",
        f"Content-Type: {original}",
        "",
        "From: Les Volts <no-reply@volts.test>",
        "To: lucie@example.org",
        f"Message-ID: {message_id}",
        "Subject: Facture F2026-00001",
        "",
        "Bonjour",
        "--b1--",
        "",
    ]
    return "\r\n".join(lines).encode()

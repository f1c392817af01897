"""An e-mail of the tests."""

from datetime import UTC, datetime
from email.headerregistry import Address
from uuid import UUID

from services.community.domain.messages.messages import Letter
from services.community.mail.making import Addressee, Attachment, Email, make_email

ADDRESSEE = Addressee(UUID("0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"), 1)
SENDER = Address("Les Volts", addr_spec="no-reply@volts.test")


def made(
    subject: str = "Facture F2026-00001",
    body: str = "Bonjour\n",
    to: str = "lucie@example.org",
    reply_to: str | None = None,
) -> Email:
    return make_email(
        ADDRESSEE,
        Letter(subject, body, "fr"),
        sender=SENDER,
        to=to,
        written_at=datetime(2026, 11, 5, 9, tzinfo=UTC),
        attachments=[Attachment("F2026-00001.pdf", "application/pdf", b"%PDF\r\n\x00\xff")],
        reply_to=reply_to,
    )

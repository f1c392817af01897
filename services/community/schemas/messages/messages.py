"""Bodies of the routes for messages."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId
from services.community.domain.messages.messages import Language, MessageKind, Status


class RecipientOut(BodyOut):
    """The delivery status of a message for one address."""

    number: int = Field(examples=[1])
    address: str | None = Field(
        description="null: the member has none, or it is not for you to see",
        examples=["lucie.brindille@example.org"],
    )
    status: Status = Field(
        description="`queued` · `sent`: the next server has taken it · `bounced`: its server"
        " refused it, at once or later · `failed`: it could not be sent"
    )
    at: datetime = Field(description="since this instant", examples=["2026-11-05T09:00:12Z"])
    reason: str | None = Field(
        description="why it is not sent: an SMTP code (`550 5.1.1`), or one of ours (`no-address`)",
        examples=[None],
    )


class AttachmentOut(BodyOut):
    name: str = Field(examples=["F2026-00001.pdf"])
    media_type: str = Field(examples=["application/pdf"])
    byte_count: int = Field(examples=[61_440])
    sha256: str


class MessageOut(BodyOut):
    id: UUID
    member_id: UUID | None = Field(
        description="for a `question`, its author; null: it is to an address only, of no member yet"
    )
    operation_id: OperationId | None = Field(
        description="null: it is about none in particular", examples=["ACC00000101"]
    )
    kind: MessageKind
    language: Language
    subject: str = Field(examples=["Facture F2026-00001, Soleils d’Aurelle"])
    body: str | None = Field(
        description="null: it has a link meant for its reader only",
        examples=["Bonjour Lucie Brindille,\n\nLa facture F2026-00001 …\n"],
    )
    attachments: list[AttachmentOut]
    asked_at: datetime
    recipients: list[RecipientOut]


class BounceOut(BodyOut):
    """The recipient of a report, and the present status there."""

    message_id: UUID
    number: int = Field(description="of the recipient", examples=[1])
    status: Status = Field(examples=["bounced"])

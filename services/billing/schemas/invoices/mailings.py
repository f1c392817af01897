"""Bodies of the routes about e-mails to customers."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyIn, BodyOut
from services.billing.domain.invoices.mailings import MailingKind, MailPolicy
from services.billing.tables import MailingRow


class MailPolicyIn(BodyIn):
    """The messages that a member has sent by e-mail automatically."""

    invoices: bool = Field(description="invoices and credit notes, once issued", examples=[False])
    reminders: bool = Field(
        description="those made by a person for the same day; always with `reminders_when_due`",
        examples=[False],
    )
    pre_notifications: bool = Field(
        description="of its collections whose debtors are notified on the same day",
        examples=[False],
    )
    reminders_when_due: bool = Field(
        description="reminders are made and sent on the day on which they are due",
        examples=[False],
    )

    payment_notices: bool = Field(
        description="one message about all documents of a customer that sellers for whom this"
        " member collects issue together, to pay as one sum, in place of one for each",
        examples=[False],
    )

    payouts: bool = Field(
        description="to the payees of this member, with the statement, once the bank says that the"
        " transfer was made",
        examples=[False],
    )

    @property
    def policy(self) -> MailPolicy:
        return MailPolicy(**dict(self))


class MailPolicyOut(BodyOut):
    invoices: bool = Field(examples=[True])
    reminders: bool = Field(examples=[True])
    pre_notifications: bool = Field(examples=[False])
    reminders_when_due: bool = Field(examples=[True])
    payment_notices: bool = Field(examples=[False])
    payouts: bool = Field(examples=[False])


class MailingRecipientOut(BodyOut):
    """The status for one address of the customer; billing does not know the address."""

    number: int = Field(examples=[1])
    status: Literal["queued", "sent", "bounced", "failed"]
    at: datetime = Field(description="of this status", examples=["2026-11-05T09:00:12Z"])
    reason: str | None = Field(
        description="why it is not sent: an SMTP code (`550 5.1.1`) or ours (`no-address`)",
        examples=[None],
    )


class MailingOut(BodyOut):
    id: UUID = Field(description="the message's id in community")
    invoice_id: UUID = Field(
        description="that it is about, or the first one that the caller may see"
    )
    other_invoice_ids: list[UUID] = Field(
        description="that it is about too, as a notice of one debit is of several", examples=[[]]
    )
    kind: MailingKind
    created_at: datetime
    asked_at: datetime | None = Field(
        description="null: its document is being made", examples=["2026-11-05T09:00:12Z"]
    )
    recipients: list[MailingRecipientOut] = Field(
        description="empty: community has no status yet; before `asked_at`: why it is not sent"
    )

    @classmethod
    def all_of(cls, rows: Iterable[MailingRow], hidden: Collection[UUID] = ()) -> list[Self]:
        """hidden: documents of others, of which the caller is not told."""
        return [cls._without(cls.model_validate(row), hidden) for row in rows]

    @classmethod
    def _without(cls, mailing: Self, hidden: Collection[UUID]) -> Self:
        first, *others = [
            invoice_id
            for invoice_id in (mailing.invoice_id, *mailing.other_invoice_ids)
            if invoice_id not in hidden
        ]
        return mailing.model_copy(update={"invoice_id": first, "other_invoice_ids": others})

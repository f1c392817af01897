"""The events of the billing service: issued invoices, and requests to notify members."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from libs.common.events.base import Event, Part
from libs.common.ids import OperationIdField


class InvoiceIssued(Event):
    """An invoice or a credit note has its number and is frozen.

    A credit note takes back one invoice or a part of it; a correcting invoice names those that it
    replaces or adds to.
    """

    type: ClassVar = "billing.invoice_issued.v1"
    topic: ClassVar = "billing.invoices"

    invoice_id: UUID
    number: str
    issue_date: date
    operation_id: OperationIdField
    month: str = Field(description="YYYY-MM")
    issuer_id: UUID = Field(description="member who sells")
    customer_id: UUID = Field(description="member who pays")
    total_cents: int = Field(
        description="VAT included, euro cents; of a credit note, what the customer gets back"
    )
    kind: Literal["invoice", "credit_note"] = "invoice"
    refers_to: list[UUID] = Field(default=[], description="the documents that it corrects")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.invoice_id,)


class CreditorChanged(Event):
    """A seller's account changes: the seller and the organisers of its operations are notified.

    Accounts are shown by their last four characters: no IBAN is on the log.
    """

    type: ClassVar = "billing.creditor_changed.v1"
    topic: ClassVar = "billing.creditors"

    change_id: UUID
    creditor_id: UUID = Field(description="member who is paid")
    state: Literal["asked", "in_use", "refused"] = Field(
        description="asked: the former account still serves; refused: and goes on to"
    )
    former_account_end: str | None = Field(description="null: there was none")
    account_end: str
    collected_by: UUID | None = Field(description="member who collects in its place")
    good_from: AwareDatetime = Field(description="when it takes effect unless confirmed before")
    operations: list[OperationIdField] = Field(
        description="in which the member sells, organises or collects for others"
    )
    url: str | None = Field(
        None, description="where what was asked for is confirmed or refused; else null"
    )

    @property
    def key(self) -> str:
        return str(self.creditor_id)

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.change_id, self.state)


class MandateAsked(Event):
    """A member asks to pay by direct debit: the organiser may be notified."""

    type: ClassVar = "billing.mandate_asked.v1"
    topic: ClassVar = "billing.mandates"

    request_id: UUID
    operation_id: OperationIdField = Field(
        description="in which the creditor collects; of several, an event for each"
    )
    creditor_id: UUID = Field(description="member who is to collect")
    debtor_id: UUID = Field(description="member who asks")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.request_id, self.operation_id)


class MandateAnswered(Event):
    """The answer to a member's request to pay by direct debit: the member may be notified."""

    type: ClassVar = "billing.mandate_answered.v1"
    topic: ClassVar = "billing.mandates"

    request_id: UUID
    creditor_id: UUID = Field(description="member who collects, or was to")
    debtor_id: UUID = Field(description="member who asked")
    rum: str | None = Field(description="of the mandate; null: the request was declined")

    @property
    def key(self) -> str:
        return str(self.debtor_id)

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.request_id,)


class MandateRevoked(Event):
    """A member has ended one of their mandates: the organiser may be notified."""

    type: ClassVar = "billing.mandate_revoked.v1"
    topic: ClassVar = "billing.mandates"

    mandate_id: UUID
    operation_id: OperationIdField = Field(
        description="in which the creditor collected; of several, an event for each"
    )
    creditor_id: UUID = Field(description="member who collected")
    debtor_id: UUID = Field(description="member who paid")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.mandate_id, self.operation_id)


class MandateEnded(Event):
    """The creditor, not the member, has ended a member's mandate: they may hear of it."""

    type: ClassVar = "billing.mandate_ended.v1"
    topic: ClassVar = "billing.mandates"

    mandate_id: UUID
    creditor_id: UUID = Field(description="member who collected")
    debtor_id: UUID = Field(description="member who paid")
    rum: str

    @property
    def key(self) -> str:
        return str(self.debtor_id)

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.mandate_id,)


class AttachmentPart(Part):
    """A file in the store that all services share; its name is our own, in plain ASCII."""

    room: str = Field(description="of the store of files")
    sha256: str
    byte_count: int
    name: str
    media_type: str


class MessageDocumentPart(Part):
    """One of several documents that a message is about."""

    number: str
    issuer_name: str
    payable_cents: int = Field(description="asked for, or collected, of this document")
    elsewhere_cents: int | None = Field(
        default=None, description="left of it, for which it asks itself, not the notice"
    )
    due_date: date | None = Field(
        default=None, description="of the part that is not due yet, beside documents that are late"
    )
    late_since: date | None = Field(
        default=None, description="the day by which it was to be paid, beside others that are not"
    )
    takes_back: str | None = Field(
        default=None, description="numbers of the invoices that a credit note takes back"
    )
    credited_cents: int | None = Field(default=None, description="by a credit note")


class MessageFactsPart(Part):
    """The facts of one document in the message; null where its kind has no such fact.

    Of a payout those of its transfer, which `issuer_name` has made.

    Of a message about several, those of the first; `open_cents` is of all.
    """

    number: str
    issue_date: date
    due_date: date | None = None
    total_cents: int = Field(description="VAT included, euro cents")
    issuer_name: str
    operation_name: str
    contact: str | None = Field(default=None, description="whom to ask about the document")
    open_cents: int | None = Field(
        default=None, description="amount owed, or collected; of an invoice, if not the total"
    )
    settled_cents: int | None = Field(
        default=None, description="of the total of several, what is paid or set off already"
    )
    elsewhere_cents: int | None = Field(
        default=None,
        description="of the total of several, what is left of those that ask for it themselves",
    )
    announced_cents: int | None = Field(
        default=None, description="what debits under way take beside what is asked for"
    )
    announced_on: date | None = Field(default=None, description="the day of the last one of these")
    overdue_cents: int | None = Field(
        default=None, description="the late part of the debt, if the rest is not due yet"
    )
    level: int | None = Field(default=None, description="of a reminder, from 1")
    collection_date: date | None = None
    creditor_name: str | None = Field(default=None, description="name of the collecting creditor")
    iban: str | None = Field(default=None, description="of the debtor or the payee, masked")
    rum: str | None = Field(default=None, description="of the mandate")
    ics: str | None = Field(default=None, description="SEPA identifier of the creditor")
    url: str | None = Field(default=None, description="of the page that explains the document")
    reference: str | None = Field(
        default=None, description="to give with a transfer, in fours (ISO 11649)"
    )
    account_holder: str | None = Field(default=None, description="whom a transfer goes to")
    account: str | None = Field(default=None, description="the IBAN to pay to, in fours")
    debited_from: date | None = Field(
        default=None, description="of an invoice that is debited: on this day at the earliest"
    )
    least_debit_cents: int | None = Field(
        default=None,
        description="the least sum to debit alone, if this one is smaller and waits",
    )
    debited_alone_from: date | None = Field(
        default=None, description="from when such a sum is debited all the same"
    )
    reason: str | None = Field(
        default=None, description="why it takes something back or adds, in the message's language"
    )
    takes_back: str | None = Field(
        default=None, description="number of the invoice that a credit note takes back"
    )
    replaces: str | None = Field(
        default=None, description="numbers of the invoices that it cancels and replaces"
    )
    adds_to: str | None = Field(default=None, description="numbers of the invoices it adds to")
    documents: list[MessageDocumentPart] = Field(
        default=[], description="all that the message is about, if there are several"
    )


class MessageAsked(Event):
    """A request to write to a member: community writes, sends once, and publishes its status.

    Another service that has messages sent publishes an event of its own with these fields.
    """

    type: ClassVar = "billing.message_asked.v1"
    topic: ClassVar = "billing.messages"

    message_id: UUID
    member_id: UUID
    operation_id: OperationIdField | None = Field(
        description="whose organiser may read it; null: a payout of several operations, of which"
        " who pays is told by billing"
    )
    kind: Literal[
        "invoice", "credit_note", "reminder", "pre_notification", "payment_notice", "payout"
    ]
    language: Literal["fr", "en"] = Field(description="of the message, as of its attachments")
    facts: MessageFactsPart
    attachments: list[AttachmentPart] = Field(default=[])

    @property
    def key(self) -> str:
        return str(self.member_id)

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.message_id,)

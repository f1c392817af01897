"""What the billing service publishes: invoices, once they are issued and cannot change."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from libs.common.events.base import Event
from libs.common.ids import OperationIdField


class InvoiceIssued(Event):
    """An invoice or a credit note has its number and is frozen.

    A credit note takes back one invoice or a part of it; an invoice that corrects names those that
    it replaces or adds to.
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

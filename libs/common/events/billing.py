"""What the billing service publishes: invoices, once they are issued and cannot change."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from libs.common.events.base import Event
from libs.common.ids import OperationIdField


class InvoiceIssued(Event):
    """An invoice has its number and is frozen."""

    type: ClassVar = "billing.invoice_issued.v1"
    topic: ClassVar = "billing.invoices"

    invoice_id: UUID
    number: str
    issue_date: date
    operation_id: OperationIdField
    month: str = Field(description="YYYY-MM")
    issuer_id: UUID = Field(description="member who sells")
    customer_id: UUID = Field(description="member who pays")
    total_cents: int = Field(description="VAT included, euro cents")

    @property
    def key(self) -> str:
        return self.operation_id

    @property
    def business_key(self) -> tuple[object, ...]:
        return (self.invoice_id,)

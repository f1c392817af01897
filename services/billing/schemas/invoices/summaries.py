"""An invoice as a line of a list. Money is in euro cents."""

from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field
from pydantic_core import from_json

from libs.common.http import BodyOut
from libs.common.ids import Prm
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.payments.invoice_payments import InvoicePayment
from services.billing.schemas.invoices.invoices import OperationOut, ReferenceOut
from services.billing.schemas.payments.invoice_payments import InvoicePaymentOut
from services.billing.tables import InvoiceRow


class PartyNameOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])


class InvoiceSummaryOut(BodyOut):
    """An invoice or a credit note in a list; the whole is read by its id."""

    id: UUID
    kind: DocumentKind = Field(
        description="amounts of a credit note are positive: they are given back"
    )
    state: Literal["draft", "issued"] = Field(examples=["issued"])
    number: str | None = Field(examples=["F2026-00001"])
    issue_date: date | None = Field(examples=["2026-11-05"])
    period_from: date = Field(examples=["2026-10-01"])
    period_to: date = Field(description="the day after the last one", examples=["2026-11-01"])
    operation: OperationOut
    issuer: PartyNameOut
    customer: PartyNameOut
    consumers: list[Prm] = Field(
        description="the billed meters, in order", examples=[["99000000000101"]]
    )
    total_incl_vat_cents: int = Field(examples=[108])
    refers_to: list[ReferenceOut] = Field(
        description="as in `GET /invoices/{invoice_id}`: the invoice that a credit note takes back;"
        " those that an invoice replaces or adds to",
        examples=[[]],
    )
    payment: InvoicePaymentOut | None = Field(
        description="null for drafts and credit notes, which nobody pays"
    )

    @classmethod
    def of(cls, row: InvoiceRow, payment: InvoicePayment | None) -> Self:
        content: dict[str, Any] = from_json(row.content)
        other_fields = {
            "kind": row.kind,
            "state": row.state,
            "refers_to": content["refers_to"],
            "payment": payment,
            "consumers": list(dict.fromkeys(line["consumer"] for line in content["lines"])),
        }
        return cls.model_validate(content | other_fields)

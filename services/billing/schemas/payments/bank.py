"""Bodies of the routes about bank statements. Amounts in cents."""

from collections.abc import Iterable
from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyIn, BodyOut
from services.billing.domain.payments.assignments import AssignedPart, PaidPart
from services.billing.domain.payments.matches import MatchedBy
from services.billing.tables import BankTransactionRow

_PARTS = 50
_MOST_CENTS = 10**12


class StatementGapOut(BodyOut):
    """A statement opens with another sum than the one before closed with."""

    account_end: str = Field(description="the last characters of its IBAN", examples=["2606"])
    opened_on: date = Field(examples=["2026-11-23"])
    closing_before_cents: int = Field(examples=[1_253_045])
    opening_cents: int = Field(examples=[1_265_390])


class ImportedOut(BodyOut):
    transactions: int = Field(description="in the file", examples=[3])
    new: int = Field(description="not in an earlier file", examples=[3])
    matched: int = Field(description="of the new ones; you assign the others", examples=[2])
    gaps: list[StatementGapOut] = Field(
        description="where a statement does not follow the one before: one may be missing"
    )


class ReportedOut(BodyOut):
    """The number of payments that the report rejects, by their previous state."""

    rejected: int = Field(description="newly: they are open, or owed, again", examples=[1])
    known: int = Field(description="rejected or cancelled before", examples=[0])
    moved: int = Field(
        description="already on a bank statement; their return will be on a statement too",
        examples=[0],
    )
    unknown: int = Field(description="not in the file that the report is about", examples=[0])


class PaidPartOut(BodyOut):
    """The part of a transaction that an invoice got."""

    invoice_id: UUID
    number: str = Field(examples=["F2026-00001"])
    issuer_name: str = Field(examples=["Soleils d’Aurelle"])
    customer_name: str = Field(examples=["Lucie Brindille"])
    amount_cents: int = Field(description="negative: paid back", examples=[108])


class BankTransactionOut(BodyOut):
    id: UUID
    booked_on: date = Field(examples=["2026-11-23"])
    amount_cents: int = Field(description="negative: money paid out", examples=[108])
    reference: str = Field(description="of the bank", examples=["2026112300017"])
    end_to_end_id: str | None = Field(examples=[None])
    rum: str | None = Field(description="reference of the mandate", examples=[None])
    batch_id: str | None = Field(examples=[None])
    remittance: str | None = Field(
        description="what the payer wrote", examples=["Facture F2026-00001"]
    )
    party_name: str | None = Field(examples=["Lucie Brindille"])
    party_iban: str | None = Field(examples=["FR1420041010050500013M02606"])
    return_reason: str | None = Field(description="the bank's code, such as AM04", examples=[None])
    matched_by: MatchedBy | None = Field(description="null: not matched yet")
    payments: list[PaidPartOut] = Field(description="the invoices that it pays or pays back")

    @classmethod
    def of(cls, row: BankTransactionRow, parts: Iterable[PaidPart]) -> Self:
        payments = [PaidPartOut.model_validate(payment) for payment in parts]
        shown = {name: getattr(row, name) for name in cls.model_fields if name != "payments"}
        return cls(**shown, payments=payments)


class InvoiceTransactionOut(BodyOut):
    """A bank transaction as the reader of an invoice sees it."""

    id: UUID
    booked_on: date = Field(examples=["2026-11-23"])
    amount_cents: int = Field(
        description="of it, for this invoice; negative: paid back", examples=[108]
    )
    matched_by: MatchedBy

    @classmethod
    def of(cls, row: BankTransactionRow, amount_cents: int) -> Self:
        assert row.matched_by is not None
        return cls(
            id=row.id,
            booked_on=row.booked_on,
            amount_cents=amount_cents,
            matched_by=MatchedBy(row.matched_by),
        )


class AssignedPartIn(BodyIn):
    invoice_id: UUID = Field(examples=["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"])
    amount_cents: int = Field(
        ge=-_MOST_CENTS,
        le=_MOST_CENTS,
        description="with the sign of the transaction; all parts sum to its amount",
        examples=[108],
    )


class AssignmentIn(BodyIn):
    payments: list[AssignedPartIn] = Field(min_length=1, max_length=_PARTS)

    @property
    def parts(self) -> list[AssignedPart]:
        return [AssignedPart(payment.invoice_id, payment.amount_cents) for payment in self.payments]


class TransferCandidateOut(BodyOut):
    """A transfer of a payout or of a refund that a transaction may have executed, or returned."""

    id: UUID = Field(description="`item_id` of the assignment to it")
    day: date = Field(examples=["2026-11-26"])
    name: str = Field(description="the name of the payee", examples=["Lucie Brindille"])
    is_refund: bool = Field(description="to a customer; else a payout to a seller", examples=[True])
    numbers: list[str] = Field(
        description="of the documents that a refund pays back", examples=[["F2026-00001"]]
    )
    is_cancelled: bool = Field(description="or rejected by the bank", examples=[False])


class TransferAssignmentIn(BodyIn):
    item_id: UUID = Field(
        description="of a payout or a refund", examples=["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]
    )

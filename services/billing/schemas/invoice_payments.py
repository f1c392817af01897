"""Bodies about whether an invoice is paid. Money is in euro cents."""

from datetime import date

from pydantic import Field

from libs.common.http import BodyOut
from services.billing.domain.invoice_payments import PaymentState


class InvoiceCollectionOut(BodyOut):
    """The newest direct debit of the invoice that went to the bank, whatever became of it."""

    day: date = Field(description="of the debit", examples=["2026-12-07"])
    mandate_rum: str = Field(description="reference of the mandate", examples=["ELO-0001"])
    refused_on: date | None = Field(
        description="when the bank refused it, or sent it back", examples=[None]
    )


class PaidAccountOut(BodyOut):
    """On which the seller, or whoever collects in its place, is paid as of now."""

    name: str = Field(examples=["Soleils d’Aurelle"])
    iban: str = Field(examples=["FR7630006000011234567890189"])


class InvoicePaymentOut(BodyOut):
    """What became of an issued invoice in money, by the books of its seller."""

    state: PaymentState = Field(
        description="`credited`: credit notes took back all of it; `written_off`: the seller has"
        " given up what was owed; `paid`; `announced`: a direct debit waits for the bank's answer;"
        " `rejected`: the newest one was refused or came back; `overdue`; `partly` paid, and not"
        " overdue; else `open`. The first that is true",
        examples=["announced"],
    )
    open_cents: int = Field(
        description="what the customer still owes; negative: what is owed to the customer",
        examples=[108],
    )
    due_date: date = Field(
        description="that of the invoice; 30 days after one that does not say",
        examples=["2026-12-05"],
    )
    collection: InvoiceCollectionOut | None
    account: PaidAccountOut | None = Field(
        description="to which what is left can be paid by transfer, with the invoice's number;"
        " null: there is nothing to pay so, or it is not known"
    )

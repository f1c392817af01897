"""Bodies about the payment of an invoice. Money is in euro cents."""

from datetime import date

from pydantic import Field

from libs.common.http import BodyOut
from services.billing.domain.payments.invoice_payments import PaymentState


class InvoiceCollectionOut(BodyOut):
    """The newest direct debit of the invoice sent to the bank, in any state.

    Of the invoice that was credited, if its debit pays this one.
    """

    day: date = Field(description="of the debit", examples=["2026-12-07"])
    mandate_rum: str = Field(description="reference of the mandate", examples=["ELO-0001"])
    refused_on: date | None = Field(
        description="the day on which the bank refused or returned it", examples=[None]
    )


class InvoiceRefundOut(BodyOut):
    """The newest transfer to the customer of what was overpaid, or credited."""

    day: date = Field(description="of the transfer", examples=["2026-12-07"])
    amount_cents: int = Field(description="of it, for this invoice", examples=[128])
    executed_on: date | None = Field(description="by the bank", examples=["2026-12-07"])
    refused_on: date | None = Field(
        description="the day on which the bank refused it, or on which it came back",
        examples=[None],
    )


class PaidAccountOut(BodyOut):
    """The account to which the seller, or the member that collects for it, is paid at present."""

    name: str = Field(examples=["Soleils d’Aurelle"])
    iban: str = Field(examples=["FR7630006000011234567890189"])
    reference: str = Field(
        description="to give with a transfer, ISO 11649: of this invoice or notice alone",
        examples=["RF55HNMHTZNF202600001"],
    )


class InvoicePaymentOut(BodyOut):
    """The payment of an issued invoice, by the books of its seller."""

    state: PaymentState = Field(
        description="the first that applies. `credited`: credit notes have taken back all of it,"
        " and nothing is owed; `written_off`: the seller has given up the debt; `paid`;"
        " `announced`: a direct debit awaits the bank's answer, of this invoice or of one that was"
        " credited since, which then pays this one; `rejected`: the newest one was refused or"
        " returned; `overdue`; `partly` paid or paid by such a debit, and not overdue; else `open`",
        examples=["announced"],
    )
    open_cents: int = Field(
        description="the sum the customer still owes; negative: owed to the customer",
        examples=[108],
    )
    payable_cents: int = Field(
        description="of `open_cents`, the sum to ask for: without what a direct debit under way"
        " will pay, of this invoice or of one that was credited since; never negative",
        examples=[108],
    )
    due_date: date = Field(
        description="the invoice's; 30 days after its date if it has none",
        examples=["2026-12-05"],
    )
    collection: InvoiceCollectionOut | None
    refund: InvoiceRefundOut | None = Field(
        description="null: nothing of the invoice was paid back by a file for the bank"
    )
    account: PaidAccountOut | None = Field(
        description="for paying the rest by transfer, with the reference; null: nothing is"
        " to be paid by transfer, or the account is unknown"
    )

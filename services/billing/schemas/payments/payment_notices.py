"""Bodies of the routes about payment notices. Amounts in cents."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.notice_standings import NoticedDocument, NoticeStanding
from services.billing.domain.payments.invoice_payments import PaymentState
from services.billing.schemas.payments.invoice_payments import InvoicePaymentOut, PaidAccountOut


class NoticedDocumentOut(BodyOut):
    """A document of a notice."""

    invoice_id: UUID
    number: str = Field(examples=["F2026-00001"])
    kind: DocumentKind
    issuer_id: UUID
    issuer_name: str = Field(examples=["Soleils d’Aurelle"])
    total_cents: int = Field(description="VAT included", examples=[372])
    payment: InvoicePaymentOut | None = Field(
        description="of an invoice; null: it is a credit note"
    )
    is_paid_elsewhere: bool = Field(
        description="its seller has another collector by now, or none, or is a public body that"
        " lacks its convention: the notice asks for nothing of it, its own `payment` does",
        examples=[False],
    )
    takes_back: list[str] = Field(
        description="numbers of the invoices that a credit note takes back", examples=[[]]
    )

    @classmethod
    def of(cls, document: NoticedDocument) -> Self:
        payment = document.payment
        shown = InvoicePaymentOut.model_validate(payment) if payment else None
        return cls(**{**vars(document), "payment": shown, "takes_back": list(document.takes_back)})


class NoticeDebitOut(BodyOut):
    """The direct debit that pays what is left of a notice."""

    day: date | None = Field(
        description="on which it is collected; if none is under way, at the earliest; null: what is"
        " left is below `least_cents`, and is debited with another sum",
        examples=["2026-12-07"],
    )
    mandate_rum: str = Field(description="reference of the mandate", examples=["ELO-0001"])
    least_cents: int | None = Field(
        description="the operation's least sum to debit; null: `day` is known", examples=[None]
    )
    alone_from: date | None = Field(
        description="from when a sum below `least_cents` is debited all the same; null: `day` is"
        " known",
        examples=[None],
    )


class PaymentNoticeOut(BodyOut):
    """The debt of a customer by documents issued together, to be paid as one sum."""

    id: UUID
    number: str = Field(description="of the collector", examples=["P2026-00001"])
    operation_id: str = Field(examples=["ACC00000001"])
    operation_name: str = Field(examples=["Trois Toits d’Aurelle"])
    collector_id: UUID
    customer_id: UUID
    customer_name: str = Field(examples=["Anna Martin"])
    made_on: date = Field(examples=["2026-11-05"])
    state: PaymentState = Field(
        description="of the whole, as now, in the words of an invoice's `payment`: `partly` where"
        " some documents are paid and nothing is late; `announced` where direct debits under way"
        " pay all that is left"
    )
    total_cents: int = Field(
        description="of its invoices as issued; a credit note takes back an invoice of another"
        " notice, or has paid something of these: then it is in `settled_cents`",
        examples=[744],
    )
    settled_cents: int = Field(
        description="of the total, paid, set off or given up: the total less `payable_cents`,"
        " `announced_cents` and `elsewhere_cents`",
        examples=[0],
    )
    payable_cents: int = Field(
        description="of all documents as of now, the sum to ask for: neither paid, credited nor in"
        " a direct debit under way",
        examples=[744],
    )
    announced_cents: int = Field(description="that a direct debit under way will pay", examples=[0])
    elsewhere_cents: int = Field(
        description="left of documents that are paid elsewhere: the notice asks for none of it, and"
        " is not settled before that is",
        examples=[0],
    )
    due_date: date | None = Field(
        description="the earliest one of the payable sums; null: none is payable",
        examples=["2026-12-05"],
    )
    debit: NoticeDebitOut | None = Field(
        description="null: nothing is left, or it is to be paid by transfer"
    )
    account: PaidAccountOut | None = Field(
        description="of the collector, with the notice's own reference; null: nothing is to be paid"
        " by transfer, or the account is unknown"
    )
    documents: list[NoticedDocumentOut]

    @classmethod
    def of(cls, standing: NoticeStanding) -> Self:
        notice, account = standing.notice, standing.account
        return cls(
            id=notice.id,
            number=notice.number,
            operation_id=notice.parties.operation_id,
            operation_name=standing.operation_name,
            collector_id=notice.parties.collector_id,
            customer_id=notice.parties.customer_id,
            customer_name=standing.customer_name,
            made_on=notice.made_on,
            state=standing.state,
            total_cents=standing.total_cents,
            settled_cents=standing.settled_cents,
            payable_cents=standing.payable_cents,
            announced_cents=standing.announced_cents,
            elsewhere_cents=standing.elsewhere_cents,
            due_date=standing.due_date,
            debit=NoticeDebitOut.model_validate(standing.debit) if standing.debit else None,
            account=PaidAccountOut(name=account.name, iban=account.iban, reference=notice.reference)
            if account
            else None,
            documents=[NoticedDocumentOut.of(document) for document in standing.documents],
        )

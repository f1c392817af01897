"""Bodies of the routes about refunds. Amounts in cents."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyIn, BodyOut
from services.billing.domain.payments.refunds import NotRefunded, RefundPlan, RefundTransfer
from services.billing.store.invoices.invoices import read_content
from services.billing.tables import InvoiceRow, RefundItemRow, RefundRow

_MOST_CENTS = 10**9


class RefundIn(BodyIn):
    day: date = Field(
        lt=date(2200, 1, 1), description="a banking day, today or later", examples=["2026-11-26"]
    )
    least_cents: int = Field(
        ge=1,
        le=_MOST_CENTS,
        description="the least sum to pay back to a customer; a smaller one waits",
        examples=[100],
    )


class RefundedDocumentOut(BodyOut):
    """A document whose credit a transfer pays back."""

    invoice_id: UUID
    number: str = Field(examples=["F2026-00001"])
    issuer_name: str = Field(description="who owes it", examples=["Soleils SAS"])
    amount_cents: int = Field(description="of it, what is paid back", examples=[128])


class PreviewedRefundOut(BodyOut):
    """The transfer that a refund would make to a customer."""

    customer_id: UUID
    customer_name: str = Field(examples=["Lucie Brindille"])
    account_end: str = Field(description="the last characters of the IBAN", examples=["2606"])
    amount_cents: int = Field(description="of all its documents", examples=[128])
    documents: list[RefundedDocumentOut]

    @classmethod
    def of(cls, transfer: RefundTransfer) -> Self:
        documents = [
            RefundedDocumentOut(
                invoice_id=item.credit.invoice_id,
                number=item.credit.number,
                issuer_name=item.credit.issuer_name,
                amount_cents=item.amount_cents,
            )
            for item in transfer.items
        ]
        return cls(
            customer_id=transfer.customer_id,
            customer_name=transfer.customer_name,
            account_end=transfer.account.account_end,
            amount_cents=transfer.amount_cents,
            documents=documents,
        )


class NotRefundedOut(BodyOut):
    """A customer's credit that is not paid back."""

    invoice_id: UUID
    number: str = Field(examples=["F2026-00002"])
    customer_id: UUID
    customer_name: str = Field(examples=["Marius Colline"])
    credit_cents: int = Field(examples=[5])
    reason: NotRefunded = Field(
        description="`in-refund`: on its way; `owes-another`: the customer owes the same seller as"
        " much; `below-least`; `account-missing`: no mandate, no matched payment;"
        " `account-shared`: only accounts from which others pay, too; `account-blocked`: money to"
        " it, or from it, came back for good"
    )

    @classmethod
    def all_of(cls, plan: RefundPlan) -> list[Self]:
        return [
            cls(
                invoice_id=skipped.credit.invoice_id,
                number=skipped.credit.number,
                customer_id=skipped.credit.customer_id,
                customer_name=skipped.credit.customer_name,
                credit_cents=-skipped.credit.open_cents,
                reason=skipped.reason,
            )
            for skipped in plan.skipped
        ]


class RefundPreviewOut(BodyOut):
    """The credits that a refund would pay back as of now."""

    total_cents: int = Field(examples=[128])
    transfers: list[PreviewedRefundOut]
    skipped: list[NotRefundedOut] = Field(description="credits that are left out")

    @classmethod
    def of(cls, plan: RefundPlan) -> Self:
        transfers = [PreviewedRefundOut.of(transfer) for transfer in plan.transfers]
        skipped = NotRefundedOut.all_of(plan)
        return cls(total_cents=plan.total_cents, transfers=transfers, skipped=skipped)


class RefundItemOut(BodyOut):
    """The transfer to a customer: the bank executes or returns it as a whole."""

    id: UUID = Field(description="without hyphens, the end-to-end id in the file")
    customer_id: UUID
    customer_name: str = Field(examples=["Lucie Brindille"])
    account_end: str = Field(description="the last characters of the IBAN", examples=["2606"])
    amount_cents: int = Field(description="of all its documents", examples=[128])
    executed_on: date | None = Field(examples=["2026-11-26"])
    returned_on: date | None = Field(examples=[None])
    cancelled_on: date | None = Field(
        description="with the refund, or because the bank rejected it", examples=[None]
    )
    return_reason: str | None = Field(
        description="the bank's code, such as AC04, of a return or a rejection", examples=[None]
    )
    documents: list[RefundedDocumentOut]

    @classmethod
    def all_of(cls, items: Iterable[tuple[RefundItemRow, InvoiceRow]]) -> list[Self]:
        """items: with their documents; those of one transfer follow each other."""
        transfers = groupby(items, key=lambda pair: pair[0].transfer_id)
        return [cls._of(list(pairs)) for _, pairs in transfers]

    @classmethod
    def _of(cls, pairs: Sequence[tuple[RefundItemRow, InvoiceRow]]) -> Self:
        item, document = pairs[0]
        documents = [
            RefundedDocumentOut(
                invoice_id=each.invoice_id,
                number=credited.number or "",
                issuer_name=read_content(credited).issuer.name,
                amount_cents=each.amount_cents,
            )
            for each, credited in pairs
        ]
        return cls(
            id=item.transfer_id,
            customer_id=document.customer_id,
            customer_name=read_content(document).customer.name,
            account_end=item.account_end,
            amount_cents=sum(each.amount_cents for each, _ in pairs),
            executed_on=item.executed_on,
            returned_on=item.returned_on,
            cancelled_on=item.cancelled_on,
            return_reason=item.return_reason,
            documents=documents,
        )


class RefundOut(BodyOut):
    """Transfers of one day that pay customers' credits back."""

    id: UUID
    creditor_id: UUID = Field(description="the member that pays back")
    day: date = Field(examples=["2026-11-26"])
    created_at: datetime
    transaction_count: int = Field(description="transfers, one for each customer", examples=[1])
    total_cents: int = Field(examples=[128])
    content_hash: str = Field(description="SHA-256 of the file")
    cancelled_on: date | None = Field(examples=[None])


class MadeRefundOut(RefundOut):
    skipped: list[NotRefundedOut] = Field(
        description="credits that were left out; empty if the refund existed already"
    )

    @classmethod
    def of(cls, row: RefundRow, plan: RefundPlan | None) -> Self:
        skipped = NotRefundedOut.all_of(plan) if plan else []
        return cls(**RefundOut.model_validate(row).model_dump(), skipped=skipped)


class RefundDetailOut(RefundOut):
    items: list[RefundItemOut]

    @classmethod
    def of(cls, row: RefundRow, items: Iterable[tuple[RefundItemRow, InvoiceRow]]) -> Self:
        items_out = RefundItemOut.all_of(items)
        return cls(**RefundOut.model_validate(row).model_dump(), items=items_out)

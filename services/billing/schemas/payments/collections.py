"""Bodies of the routes about collections by direct debit. Amounts in cents."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from services.billing.domain.payments.collecting import (
    CollectedDebit,
    CollectionOrder,
    CollectionPlan,
)
from services.billing.domain.payments.mandates import SequenceType, Unusable
from services.billing.store.payments.collections import DocumentTitle
from services.billing.tables import CollectionItemRow, CollectionRow


class CollectionIn(BodyIn):
    collection_date: date = Field(
        ge=date(2000, 1, 1),
        lt=date(2200, 1, 1),
        description="a banking day",
        examples=["2026-11-23"],
    )
    notified_on: date = Field(
        ge=date(2000, 1, 1),
        lt=date(2200, 1, 1),
        description="when debtors were notified of amount and date, on the invoice for example;"
        " today or earlier",
        examples=["2026-11-05"],
    )
    invoice_ids: list[UUID] | None = Field(
        None,
        min_length=1,
        max_length=100_000,
        description="null: all unpaid ones",
        examples=[None],
    )

    def order(self, creditor_id: UUID, collection_id: UUID) -> CollectionOrder:
        return CollectionOrder(
            id=collection_id,
            creditor_id=creditor_id,
            day=self.collection_date,
            notified_on=self.notified_on,
            invoices=set(self.invoice_ids) if self.invoice_ids is not None else None,
        )


class SkippedOut(BodyOut):
    """An unpaid invoice that was left out."""

    invoice_id: UUID
    number: str = Field(examples=["F2026-00002"])
    reason: Unusable

    @classmethod
    def all_of(cls, plan: CollectionPlan) -> list[Self]:
        return [
            cls(
                invoice_id=skipped.invoice.invoice_id,
                number=skipped.invoice.number,
                reason=skipped.reason,
            )
            for skipped in plan.skipped
        ]


class DebitedDocumentOut(BodyOut):
    """An invoice that a direct debit pays."""

    invoice_id: UUID
    number: str = Field(examples=["F2026-00001"])
    issuer_name: str = Field(examples=["Soleils SAS"])
    amount_cents: int = Field(description="of the debit, for this invoice", examples=[108])


class PreviewedDebitOut(BodyOut):
    """A direct debit that a collection would make: one of each mandate."""

    customer_id: UUID
    customer_name: str = Field(examples=["Lucie Brindille"])
    rum: str = Field(examples=["M-0001"])
    amount_cents: int = Field(description="of all its invoices", examples=[108])
    documents: list[DebitedDocumentOut]

    @classmethod
    def of(cls, debit: CollectedDebit) -> Self:
        documents = [
            DebitedDocumentOut(
                invoice_id=item.invoice.invoice_id,
                number=item.invoice.number,
                issuer_name=item.invoice.issuer_name,
                amount_cents=item.amount_cents,
            )
            for item in debit.items
        ]
        return cls(
            customer_id=debit.mandate.debtor_id,
            customer_name=debit.invoices[0].customer_name,
            rum=debit.mandate.rum,
            amount_cents=debit.amount_cents,
            documents=documents,
        )


class CollectionPreviewOut(BodyOut):
    """The debits that a collection of a day would make as of now."""

    total_cents: int = Field(examples=[108])
    debits: list[PreviewedDebitOut]
    skipped: list[SkippedOut] = Field(description="unpaid, but left out")

    @classmethod
    def of(cls, plan: CollectionPlan) -> Self:
        debits = [PreviewedDebitOut.of(debit) for debit in plan.debits]
        return cls(total_cents=plan.total_cents, debits=debits, skipped=SkippedOut.all_of(plan))


class CollectionItemOut(BodyOut):
    """A direct debit: the bank receives or returns it as a whole."""

    id: UUID = Field(description="without hyphens, the end-to-end id in the file")
    mandate_id: UUID
    amount_cents: int = Field(description="of all its invoices", examples=[108])
    sequence_type: SequenceType
    received_on: date | None = Field(examples=["2026-11-23"])
    returned_on: date | None = Field(examples=[None])
    return_reason: str | None = Field(description="the bank's code, such as AM04", examples=[None])
    cancelled_on: date | None = Field(
        description="the file was not sent to the bank, or the bank rejected this debit before it"
        " moved money",
        examples=[None],
    )
    documents: list[DebitedDocumentOut]

    @classmethod
    def all_of(
        cls, items: Iterable[CollectionItemRow], titles: Mapping[UUID, DocumentTitle]
    ) -> list[Self]:
        """items: those of one debit follow each other. titles: of their invoices."""
        debits = groupby(items, key=lambda item: item.debit_id)
        return [cls._of(list(debited), titles) for _, debited in debits]

    @classmethod
    def _of(cls, items: Sequence[CollectionItemRow], titles: Mapping[UUID, DocumentTitle]) -> Self:
        row = items[0]
        documents = [
            DebitedDocumentOut(
                invoice_id=item.invoice_id,
                number=titles[item.invoice_id].number,
                issuer_name=titles[item.invoice_id].issuer_name,
                amount_cents=item.amount_cents,
            )
            for item in items
        ]
        return cls(
            id=row.debit_id,
            mandate_id=row.mandate_id,
            amount_cents=sum(item.amount_cents for item in items),
            sequence_type=SequenceType(row.sequence_type),
            received_on=row.received_on,
            returned_on=row.returned_on,
            return_reason=row.return_reason,
            cancelled_on=row.cancelled_on,
            documents=documents,
        )


class RejectionIn(BodyIn):
    reason: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]{2}$")] = Field(
        description="code of the bank (pain.002)", examples=["AC01"]
    )


class CollectionOut(BodyOut):
    """Direct debits of one day."""

    id: UUID
    creditor_id: UUID = Field(description="the member that collects")
    day: date = Field(examples=["2026-11-23"])
    notified_on: date = Field(examples=["2026-11-05"])
    created_at: datetime
    transaction_count: int = Field(description="direct debits", examples=[1])
    total_cents: int = Field(description="as in the ledger and in the file", examples=[108])
    content_hash: str = Field(description="SHA-256 of the file")
    cancelled_on: date | None = Field(examples=[None])


class MadeCollectionOut(CollectionOut):
    skipped: list[SkippedOut] = Field(
        description="unpaid, but left out; empty if the collection existed already"
    )
    not_owed: list[UUID] = Field(
        description="the ids in `invoice_ids` that are settled, or not collected here; empty if the"
        " collection existed already",
        examples=[[]],
    )

    @classmethod
    def of(cls, row: CollectionRow, plan: CollectionPlan | None) -> Self:
        skipped = SkippedOut.all_of(plan) if plan else []
        fields = CollectionOut.model_validate(row).model_dump()
        return cls(**fields, skipped=skipped, not_owed=list(plan.not_owed) if plan else [])


class CollectionDetailOut(CollectionOut):
    items: list[CollectionItemOut]

    @classmethod
    def of(
        cls,
        row: CollectionRow,
        items: Iterable[CollectionItemRow],
        titles: Mapping[UUID, DocumentTitle],
    ) -> Self:
        items_out = CollectionItemOut.all_of(items, titles)
        return cls(**CollectionOut.model_validate(row).model_dump(), items=items_out)

"""Bodies of the routes about mandates and collections. Amounts in cents."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.texts import AS_SEEN, RawLineField
from services.billing.domain.payments.bank_details import (
    mask_iban,
    parse_bic,
    parse_iban,
)
from services.billing.domain.payments.collecting import CollectionOrder, CollectionPlan
from services.billing.domain.payments.mandates import Mandate, SequenceType, Unusable
from services.billing.tables import CollectionItemRow, CollectionRow

IbanText = Annotated[str, StringConstraints(max_length=50)]
BicText = Annotated[str, StringConstraints(max_length=11)]
NameText = Annotated[RawLineField, StringConstraints(max_length=70), AS_SEEN]
# EPC217-08: the characters of a mandate's reference.
RumText = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+?/\-:().,']{1,35}$")]
EXAMPLE_IBAN = "FR1420041010050500013M02606"
_MASKED = "FR14••••••••••••••••••••606"


class MandateIn(BodyIn):
    """A mandate as signed by the debtor."""

    debtor_id: UUID = Field(
        description="the member that pays", examples=["5b6df807-d41e-5251-a808-b67bac9773b2"]
    )
    rum: RumText = Field(description="unique reference of the mandate", examples=["ELO-0001"])
    signed_on: date = Field(ge=date(2009, 11, 1), lt=date(2200, 1, 1), examples=["2026-09-15"])
    holder: NameText = Field(description="of the account", examples=["Lucie Brindille"])
    iban: IbanText = Field(examples=[EXAMPLE_IBAN])
    bic: BicText | None = Field(None, examples=[None])

    def mandate(self, creditor_id: UUID, mandate_id: UUID) -> Mandate:
        """Raises IbanInvalid, BicInvalid."""
        return Mandate(
            id=mandate_id,
            creditor_id=creditor_id,
            debtor_id=self.debtor_id,
            rum=self.rum,
            signed_on=self.signed_on,
            holder=self.holder,
            iban=parse_iban(self.iban),
            bic=parse_bic(self.bic),
        )


class MandateOut(BodyOut):
    id: UUID
    creditor_id: UUID = Field(description="the member that collects")
    debtor_id: UUID = Field(description="the member that pays")
    rum: str = Field(examples=["ELO-0001"])
    signed_on: date = Field(examples=["2026-09-15"])
    holder: str = Field(examples=["Lucie Brindille"])
    iban: str | None = Field(
        description="masked for members; null from 14 months after revocation and last use",
        examples=[_MASKED],
    )
    bic: str | None = Field(examples=["PSSTFRPPXXX"])
    revoked_on: date | None = Field(examples=[None])
    blocked_by: str | None = Field(
        description="why a bank returned a collection, if a retry is useless: record a new mandate"
        " then",
        examples=[None],
    )

    @classmethod
    def of(cls, mandate: Mandate, *, masked: bool) -> Self:
        iban = mask_iban(mandate.iban) if masked and mandate.iban else mandate.iban
        return cls.model_validate({**vars(mandate), "iban": iban})

    @classmethod
    def all_of(cls, mandates: Iterable[Mandate], *, masked: bool) -> list[Self]:
        return [cls.of(mandate, masked=masked) for mandate in mandates]


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


class PreviewedDebitOut(BodyOut):
    """A direct debit that a collection would make."""

    invoice_id: UUID
    number: str = Field(examples=["F2026-00001"])
    customer_id: UUID
    customer_name: str = Field(examples=["Lucie Brindille"])
    rum: str = Field(examples=["M-0001"])
    amount_cents: int = Field(examples=[108])


class CollectionPreviewOut(BodyOut):
    """What a collection of a day would take as of now."""

    total_cents: int = Field(examples=[108])
    debits: list[PreviewedDebitOut]
    skipped: list[SkippedOut] = Field(description="unpaid, but left out")

    @classmethod
    def of(cls, plan: CollectionPlan) -> Self:
        debits = [
            PreviewedDebitOut(
                invoice_id=item.invoice.invoice_id,
                number=item.invoice.number,
                customer_id=item.invoice.customer_id,
                customer_name=item.invoice.customer_name,
                rum=item.mandate.rum,
                amount_cents=item.amount_cents,
            )
            for item in plan.items
        ]
        return cls(total_cents=plan.total_cents, debits=debits, skipped=SkippedOut.all_of(plan))


class CollectionItemOut(BodyOut):
    id: UUID = Field(description="without hyphens, the end-to-end id in the file")
    invoice_id: UUID
    mandate_id: UUID
    amount_cents: int = Field(examples=[108])
    sequence_type: SequenceType
    received_on: date | None = Field(examples=["2026-11-23"])
    returned_on: date | None = Field(examples=[None])
    return_reason: str | None = Field(description="the bank's code, such as AM04", examples=[None])
    cancelled_on: date | None = Field(
        description="the file was not sent to the bank, or the bank rejected this item before it"
        " moved money",
        examples=[None],
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
    transaction_count: int = Field(examples=[1])
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
    def of(cls, row: CollectionRow, items: Iterable[CollectionItemRow]) -> Self:
        items_out = [CollectionItemOut.model_validate(item) for item in items]
        return cls(**CollectionOut.model_validate(row).model_dump(), items=items_out)

"""Bodies of billing's routes. Money is in euro cents, energy in watt-minutes."""

import json
from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.common.calendar import Month
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Prm, PrmField
from services.billing.domain.drafting import MonthDrafts
from services.billing.domain.invoices import hash_content, rate_text
from services.billing.domain.price_list import PriceEntry, PriceList

_PriceText = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6})?$")]
_RateText = Annotated[str, StringConstraints(pattern=r"^[0-9](\.[0-9]{1,4})?$")]
_MentionText = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class PriceIn(BodyIn):
    """A price of a producer, or of all those without one of their own."""

    producer: PrmField | None = Field(None, examples=["99220000000010"])
    price_eur_per_kwh: _PriceText = Field(
        description="before VAT, at most six decimals", examples=["0.1250"]
    )
    vat_rate: _RateText = Field(description="0.20 is 20 %", examples=["0.20"])
    vat_mention: _MentionText | None = Field(
        None, description="needed when the rate is 0: why", examples=[None]
    )
    valid_from: date = Field(description="local day", examples=["2026-01-01"])
    valid_to: date | None = Field(
        None, description="first local day without it; null is open-ended", examples=[None]
    )


class PriceListIn(BodyIn):
    """The whole price list of an operation; ``elocoop price --tariff`` reads the same shape."""

    entries: list[PriceIn] = Field(min_length=1, max_length=2000)


class PriceOut(BodyOut):
    producer: Prm | None
    price_eur_per_kwh: str = Field(examples=["0.125"])
    vat_rate: str = Field(examples=["0.2"])
    vat_mention: str | None = Field(examples=[None])
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, entry: PriceEntry) -> Self:
        return cls(
            producer=entry.producer,
            price_eur_per_kwh=entry.price_eur_per_kwh,
            vat_rate=rate_text(entry.vat_rate),
            vat_mention=entry.vat_mention,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )


class PriceListOut(BodyOut):
    entries: list[PriceOut] = Field(description="the price for all first, then by producer")

    @classmethod
    def of(cls, prices: PriceList) -> Self:
        return cls(entries=[PriceOut.of(entry) for entry in prices.entries])


class PartyOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    address: str
    siren: str | None = Field(examples=[None])
    vat_number: str | None = Field(examples=[None])


class OperationOut(BodyOut):
    id: OperationId = Field(examples=["ACC00000101"])
    name: str = Field(examples=["Pousse-Soleil"])


class SettlementOut(BodyOut):
    number: int
    status: str = Field(examples=["provisional"])
    content_hash: str


class LineOut(BodyOut):
    """One producer's energy for one consumer at one price."""

    producer: Prm
    consumer: Prm
    valid_from: date = Field(
        description="first local day of the price in the month", examples=["2026-10-01"]
    )
    valid_to: date = Field(description="the local day after the last one", examples=["2026-11-01"])
    energy_wmin: int = Field(description="exact; what is billed")
    energy_kwh: str = Field(description="rounded, for reading", examples=["7.200"])
    price_eur_per_kwh: str
    vat_rate: str
    amount_cents: int = Field(description="before VAT, rounded half up once", examples=[90])


class VatOut(BodyOut):
    rate: str = Field(examples=["0.2"])
    base_cents: int = Field(examples=[90])
    vat_cents: int = Field(examples=[18])


class InvoiceOut(BodyOut):
    """An invoice; everything but ``state`` and ``content_hash`` is its frozen content."""

    id: UUID
    state: Literal["draft", "issued"] = Field(examples=["issued"])
    number: str | None = Field(examples=["F2026-00001"])
    issue_date: date | None
    operation: OperationOut
    month: str = Field(examples=["2026-10"])
    period_from: date
    period_to: date = Field(description="the day after the last one")
    settlement: SettlementOut
    issuer: PartyOut
    customer: PartyOut
    lines: list[LineOut]
    vat: list[VatOut] = Field(description="by rate, the highest first, on the sum of its lines")
    vat_mentions: list[str] = Field(examples=[[]])
    total_excl_vat_cents: int = Field(examples=[90])
    total_vat_cents: int = Field(examples=[18])
    total_incl_vat_cents: int = Field(examples=[108])
    content_hash: str = Field(
        description="SHA-256 of the content as JSON with sorted keys, no spaces, in UTF-8"
    )

    @classmethod
    def of(cls, canonical: str) -> Self:
        content = json.loads(canonical)
        state = "draft" if content["number"] is None else "issued"
        return cls.model_validate(
            content | {"state": state, "content_hash": hash_content(canonical)}
        )


class SelfSuppliedOut(BodyOut):
    """What a member used of its own production: nothing to invoice."""

    member_id: UUID
    producer: Prm
    consumer: Prm
    energy_wmin: int


class MonthInvoicesOut(BodyOut):
    operation_id: OperationId
    month: str
    invoices: list[InvoiceOut] = Field(description="by id; those issued already are among them")
    self_supplied: list[SelfSuppliedOut]

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        month: Month,
        drafted: MonthDrafts,
        invoices: list[InvoiceOut],
    ) -> Self:
        return cls(
            operation_id=operation_id,
            month=str(month),
            invoices=invoices,
            self_supplied=[
                SelfSuppliedOut(
                    member_id=member_id,
                    producer=producer,
                    consumer=consumer,
                    energy_wmin=energy_wmin,
                )
                for member_id, energies in drafted.self_supplied.items()
                for (producer, consumer), energy_wmin in sorted(energies.items())
            ],
        )


class IssueIn(BodyIn):
    invoice_ids: list[UUID] = Field(
        min_length=1, max_length=10_000, examples=[["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]]
    )
    issue_date: date | None = Field(
        None,
        ge=date(2000, 1, 1),
        lt=date(2200, 1, 1),
        description="not before the end of the period supplied, nor the issuer's last invoice, nor"
        " in the future; default: today in Paris",
        examples=["2026-11-05"],
    )


class StatementOut(BodyOut):
    """What a producer point sold in the month, in invoices of one state."""

    producer: Prm
    issuer_id: UUID = Field(description="the member who sold")
    state: Literal["draft", "issued"]
    energy_wmin: int
    revenue_excl_vat_cents: int = Field(examples=[90])

"""Bodies of the routes about invoices. Money is in euro cents, energy in watt-minutes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, Self
from uuid import UUID

from pydantic import Field
from pydantic_core import from_json

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Prm
from services.billing.domain.invoices.documents import Cause, DocumentKind
from services.billing.domain.invoices.invoices import MemberKind, hash_content
from services.billing.domain.invoices.supplies import SupplyCategory
from services.billing.domain.payments.invoice_payments import InvoicePayment
from services.billing.domain.taxes.accise import AcciseCategory
from services.billing.schemas.invoices.frozen import (
    ClassesOfMonthOut,
    EarlierPeriodOut,
    FrozenOut,
    FrozenProfileOut,
    NamedPlantOut,
    SettledMonthOut,
    SettlementOut,
)
from services.billing.schemas.payments.invoice_payments import InvoicePaymentOut
from services.billing.schemas.taxes.accise import AccisePeriodOut
from services.billing.tables import InvoiceRow


class RoutingOut(BodyOut):
    """The routing of an invoice inside a large customer."""

    siret: str | None = Field(examples=["99100001900018"])
    service_code: str | None = Field(examples=["SRV-ENERGIE"])
    commitment_number: str | None = Field(examples=["EJ-2026-0042"])


class PartyOut(FrozenOut):
    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    address: str
    siren: str | None = Field(examples=[None])
    vat_number: str | None = Field(examples=[None])
    kind: MemberKind
    delivery_address: str | None = Field(
        None, description="of a customer, if it differs from the address", examples=[None]
    )
    routing: RoutingOut | None = None


class PayeeOut(BodyOut):
    """The member that is paid in the issuer's place."""

    member_id: UUID
    name: str = Field(description="of the account", examples=["Les Voisins solaires"])
    siren: str | None = Field(examples=["992000026"])


class OperationOut(BodyOut):
    id: OperationId = Field(examples=["ACC00000101"])
    name: str = Field(examples=["Pousse-Soleil"])


class ReferenceOut(BodyOut):
    """An issued document that another one names."""

    id: UUID
    number: str = Field(examples=["F2026-00001"])
    issue_date: date


class LineReferenceOut(BodyOut):
    document_id: UUID
    position: int = Field(description="counts from 1", examples=[1])


class LineOut(FrozenOut):
    """One producer's energy for one consumer at one price, or a monthly fee."""

    producer: Prm
    consumer: Prm
    valid_from: date = Field(
        description="first local day of the price in the month", examples=["2026-10-01"]
    )
    valid_to: date = Field(description="the local day after the last one", examples=["2026-11-01"])
    energy_wmin: int = Field(description="the billed energy, exact")
    energy_kwh: str = Field(description="rounded, for display", examples=["7.200"])
    price_eur_per_kwh: str
    vat_rate: str
    amount_cents: int = Field(description="before VAT, rounded half up once", examples=[90])
    kind: Literal["energy", "fee"] = "energy"
    rule: str = Field(
        "",
        description="the most specific thing that the price names: point, social_group, group,"
        " producer or operation; empty for a fee",
        examples=["group"],
    )
    group: str | None = Field(None, examples=["Communes"])
    hour_class: str | None = Field(None, examples=["Heures pleines"])
    coefficient: str | None = Field(
        None, description="of the index that multiplies the price", examples=["1.0213"]
    )
    list_price_eur_per_kwh: str | None = Field(
        None, description="before the discount", examples=["0.125"]
    )
    discount: str | None = Field(None, description="its name", examples=[None])
    label: str | None = Field(None, description="of a fee", examples=[None])
    eur_per_month: str | None = Field(None, description="of a fee", examples=[None])
    days: int | None = Field(None, description="of a fee: charged", examples=[None])
    month_days: int | None = Field(None, description="of a fee: of the month", examples=[None])
    vat_mention: str | None = Field(None, examples=[None])
    daily_wmin: list[int] = Field(
        [],
        description="the energy of each day from `valid_from`; empty of a fee",
        examples=[[13_935] * 31],
    )
    corrects: LineReferenceOut | None = Field(
        None, description="the line that this one takes back, or to which it adds energy"
    )


class TaxOut(BodyOut):
    """The accise on one consumer's energy; category and rate are null while unknown."""

    tax: Literal["accise"]
    consumer: Prm
    category: AcciseCategory | None
    valid_from: date
    valid_to: date = Field(description="the local day after the last one", examples=["2026-11-01"])
    quantity_kwh: int = Field(description="whole, rounded half up once", examples=[7])
    rate_eur_per_mwh: str | None = Field(examples=["30.62"])
    vat_rate: str
    amount_cents: int = Field(description="before VAT, rounded half up once", examples=[21])


class MentionOut(BodyOut):
    """A sentence that the document must bear."""

    code: str = Field(examples=["supply-of-goods"])
    text_fr: str = Field(examples=["Catégorie de l’opération : livraison de biens"])
    facts: dict[str, str] = Field(description="the values in the sentence", examples=[{}])


class VatOut(BodyOut):
    rate: str = Field(examples=["0.2"])
    base_cents: int = Field(examples=[90])
    vat_cents: int = Field(examples=[18])


class PointUsageOut(BodyOut):
    """A consuming point's total use, and the energy that all producers together supplied to it."""

    prm: Prm
    metered_wmin: int = Field(examples=[24_000_000])
    shared_wmin: int = Field(examples=[10_623_780])


class UsageOut(FrozenOut):
    """The customer's usage over the period, as in the picture on the page."""

    supplied_wmin: list[int] = Field(
        description="the billed energy, by day of the period", examples=[[432_000, 0, 0]]
    )
    points: list[PointUsageOut] = Field(
        description="the customer's; empty if one was not the customer's on every day"
    )
    by_hour_wmin: list[int] = Field(
        [],
        description="the billed energy, by hour of the local clock: 24 values; empty if half-hours"
        " are unknown, and for the seller",
        examples=[[0] * 8 + [108_000] * 8 + [0] * 8],
    )


class EnergyChangeOut(FrozenOut):
    """The change that a correction makes to the energy of a day."""

    day: date = Field(examples=["2026-10-12"])
    energy_wmin: int = Field(description="negative: less", examples=[-558_000])


class InvoiceOut(FrozenOut):
    """An invoice or a credit note.

    All fields but `state`, `payment` and `content_hash` are its frozen content.
    """

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
    prepaid_cents: int = Field(
        0,
        description="of the total, what the customer's credits paid when it was issued (BT-113)",
        examples=[0],
    )
    supply_category: SupplyCategory = Field(
        SupplyCategory.GOODS,
        description="for VAT; fees are accessory to energy",
    )
    due_date: date | None = Field(None, examples=["2026-12-05"])
    issuer_profile: FrozenProfileOut | None = Field(
        None, description="in force on the last day of the period"
    )
    accise: list[AccisePeriodOut] = Field([])
    taxes: list[TaxOut] = Field([], description="in the base of VAT and in the totals")
    mentions: list[MentionOut] = Field([])
    usage: UsageOut | None = Field(None, description="null for a credit note")
    kind: DocumentKind = Field(
        DocumentKind.INVOICE,
        description="energies and amounts of a credit note are positive: they are given back",
    )
    cause: Cause | None = Field(
        None, description="why it follows another document; `by_hand`: a person requested it"
    )
    reason: str | None = Field(None, examples=["Wrong address"])
    refers_to: list[ReferenceOut] = Field(
        [],
        description="the invoice that a credit note takes back; those that an invoice replaces or"
        " adds to",
    )
    months: list[SettledMonthOut] = Field([], description="those billed, in order")
    hour_classes: list[ClassesOfMonthOut] = Field(
        [], description="the classes that priced its lines, for months with prices by the hour"
    )
    payee: PayeeOut | None = Field(None, description="the member that is paid, if not the issuer")
    changes: list[EnergyChangeOut] = Field(
        [],
        description="of a correction: what it and the documents issued with it change, by day",
    )
    plants: list[NamedPlantOut] = Field(
        [], description="from which its energy came, by number, as they were called"
    )
    earlier: list[EarlierPeriodOut] = Field(
        [],
        description="once issued: what the same seller billed the customer for the period before,"
        " and for the same a year ago; without those of which nothing was billed. Empty for a"
        " credit note and for an invoice that adds to another",
    )
    payment: InvoicePaymentOut | None = Field(
        description="its payment; null for drafts and credit notes, which nobody pays"
    )
    content_hash: str = Field(
        description="SHA-256 of the content as JSON with sorted keys, no spaces, in UTF-8"
    )

    @classmethod
    def of(
        cls,
        canonical: str,
        payment: InvoicePayment | None = None,
        *,
        with_consumption: bool = True,
    ) -> Self:
        """with_consumption: include the customer's total use, which its seller may not know."""
        content = from_json(canonical)  # in half the time of json.loads
        state = "draft" if content["number"] is None else "issued"
        if content["usage"] and not with_consumption:
            content["usage"] |= {"points": [], "by_hour_wmin": []}
        other_fields = {"state": state, "payment": payment, "content_hash": hash_content(canonical)}
        return cls.model_validate(content | other_fields)

    @classmethod
    def all_of(
        cls, invoices: Iterable[InvoiceRow], payments: Mapping[UUID, InvoicePayment]
    ) -> list[Self]:
        return [cls.of(invoice.content, payments.get(invoice.id)) for invoice in invoices]


class IssueIn(BodyIn):
    invoice_ids: list[UUID] = Field(
        min_length=1, max_length=10_000, examples=[["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]]
    )
    issue_date: date | None = Field(
        None,
        ge=date(2000, 1, 1),
        lt=date(2200, 1, 1),
        description="not before the end of the period supplied or the issuer's last invoice, and"
        " not in the future; default: today in Paris",
        examples=["2026-11-05"],
    )

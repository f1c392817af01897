"""Bodies of the route about VAT and accise returns. Amounts in cents, energies in watt-minutes."""

from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from services.billing.domain.books.tax_returns import (
    AcciseFigures,
    DeclaredAccise,
    DeclaredVat,
    TaxReturn,
    VatFigures,
    chargeable_on,
    is_correction,
)
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.domain.taxes.accise import AcciseCategory


class DeclaredDocumentPart(BodyOut):
    """A document behind a figure; its amounts are negative where it takes back."""

    id: UUID
    number: str = Field(examples=["F2026-00001"])
    kind: DocumentKind
    is_correction: bool = Field(
        description="a credit note, or an invoice that follows one: declared by its issue date",
        examples=[False],
    )
    issue_date: date = Field(examples=["2026-11-05"])
    chargeable_on: date = Field(
        description="the last day of the supply, or of a correction the issue date",
        examples=["2026-10-31"],
    )


class DeclaredVatOut(DeclaredDocumentPart):
    base_cents: int = Field(examples=[310])
    vat_cents: int = Field(examples=[62])

    @classmethod
    def of(cls, declared: DeclaredVat) -> Self:
        return cls(
            **_document(declared.document),
            base_cents=declared.base_cents,
            vat_cents=declared.vat_cents,
        )


class VatFiguresOut(BodyOut):
    """The figures of a rate, which are the sums of its documents."""

    rate: str = Field(description="0: without VAT (CGI 293 B)", examples=["0.2"])
    base_cents: int = Field(examples=[310])
    vat_cents: int = Field(examples=[62])
    documents: list[DeclaredVatOut]

    @classmethod
    def of(cls, figures: VatFigures) -> Self:
        return cls(
            rate=figures.rate,
            base_cents=figures.base_cents,
            vat_cents=figures.vat_cents,
            documents=[DeclaredVatOut.of(document) for document in figures.documents],
        )


class DeclaredAcciseOut(DeclaredDocumentPart):
    energy_wmin: int = Field(description="exact", examples=[1_860_000])
    quantity_kwh: int = Field(
        description="as charged: each line in whole kWh; 0 of what is exempt", examples=[31]
    )
    amount_cents: int = Field(examples=[95])

    @classmethod
    def of(cls, declared: DeclaredAccise) -> Self:
        return cls(
            **_document(declared.document),
            energy_wmin=declared.energy_wmin,
            quantity_kwh=declared.quantity_kwh,
            amount_cents=declared.amount_cents,
        )


class AcciseFiguresOut(BodyOut):
    """The figures of a category and rate, which are the sums of its documents."""

    category: AcciseCategory | None = Field(description="null: exempt", examples=["household"])
    rate_eur_per_mwh: str = Field(examples=["30.62"])
    energy_wmin: int = Field(description="exact", examples=[1_860_000])
    quantity_kwh: int = Field(
        description="as charged: each line in whole kWh; 0 of what is exempt", examples=[31]
    )
    amount_cents: int = Field(examples=[95])
    documents: list[DeclaredAcciseOut]

    @classmethod
    def of(cls, figures: AcciseFigures) -> Self:
        return cls(
            category=figures.category,
            rate_eur_per_mwh=figures.rate_eur_per_mwh,
            energy_wmin=figures.energy_wmin,
            quantity_kwh=figures.quantity_kwh,
            amount_cents=figures.amount_cents,
            documents=[DeclaredAcciseOut.of(document) for document in figures.documents],
        )


class TaxReturnOut(BodyOut):
    """The taxes that a seller declares for a period: VAT by rate, accise by category and rate."""

    issuer_id: UUID
    period: str = Field(examples=["2026-10"])
    first_day: date
    last_day: date
    vat: list[VatFiguresOut]
    accise: list[AcciseFiguresOut]

    @classmethod
    def of(cls, issuer_id: UUID, period: BillingPeriod, figures: TaxReturn) -> Self:
        return cls(
            issuer_id=issuer_id,
            period=str(period),
            first_day=period.first_day,
            last_day=period.end - timedelta(days=1),
            vat=[VatFiguresOut.of(rate) for rate in figures.vat],
            accise=[AcciseFiguresOut.of(rate) for rate in figures.accise],
        )


def _document(document: Invoice) -> dict[str, Any]:
    return {
        "id": document.id,
        "number": document.number,
        "kind": document.kind,
        "is_correction": is_correction(document),
        "issue_date": document.issue_date,
        "chargeable_on": chargeable_on(document),
    }

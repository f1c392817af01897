"""The figures of a seller's returns of VAT (CA3) and of the accise, by the day they are due on.

Books enter a document on its issue date; the state is owed from the supply on. Both returns go by
the day on which VAT becomes chargeable: that of the accise covers the supplies whose VAT became
chargeable in its period (décret 2021-1914, on returns of suppliers, in its wording of 2023).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from libs.common.calendar import days_between
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.taxes.accise import AcciseCategory, AcciseRegime, TaxLine

_NO_RATE = "0"
_KWH_WMIN = 60_000


@dataclass(frozen=True)
class DeclaredVat:
    """A document's part in the figures of a VAT rate; negative where it takes back."""

    document: Invoice
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class VatFigures:
    """The figures of a VAT rate, which are the sums of its documents."""

    rate: str
    documents: Sequence[DeclaredVat]

    @property
    def base_cents(self) -> int:
        return sum(document.base_cents for document in self.documents)

    @property
    def vat_cents(self) -> int:
        return sum(document.vat_cents for document in self.documents)


@dataclass(frozen=True)
class DeclaredAccise:
    """A document's part in the figures of a rate of the accise; negative where it takes back.

    energy_wmin: exact. quantity_kwh: as charged, each line rounded to whole kWh; 0 if exempt.
    """

    document: Invoice
    energy_wmin: int
    quantity_kwh: int
    amount_cents: int


@dataclass(frozen=True)
class AcciseFigures:
    """The figures of a category and rate of the accise; without a category, what is exempt."""

    category: AcciseCategory | None
    rate_eur_per_mwh: str
    documents: Sequence[DeclaredAccise]

    @property
    def energy_wmin(self) -> int:
        return sum(document.energy_wmin for document in self.documents)

    @property
    def quantity_kwh(self) -> int:
        return sum(document.quantity_kwh for document in self.documents)

    @property
    def amount_cents(self) -> int:
        return sum(document.amount_cents for document in self.documents)


@dataclass(frozen=True)
class TaxReturn:
    """A seller's declaration of the documents that are chargeable in a period."""

    documents: Sequence[Invoice]

    @cached_property
    def vat(self) -> Sequence[VatFigures]:
        """The sums by rate, the highest first; rate 0 is turnover without VAT (CGI 293 B)."""
        by_rate: defaultdict[str, list[DeclaredVat]] = defaultdict(list)
        for document in self.documents:
            sign = document.kind.sign
            for vat in document.vat:
                declared = DeclaredVat(document, sign * vat.base_cents, sign * vat.vat_cents)
                by_rate[vat.rate].append(declared)
        rates = sorted(by_rate, key=Decimal, reverse=True)
        return [VatFigures(rate, by_rate[rate]) for rate in rates]

    @cached_property
    def accise(self) -> Sequence[AcciseFigures]:
        """The sums by category and rate; the exempt ones come last."""
        by_rate: defaultdict[_AcciseRate, list[DeclaredAccise]] = defaultdict(list)
        for document in self.documents:
            for rate, declared in _declared_accise(document).items():
                by_rate[rate].append(declared)
        return [AcciseFigures(*rate, by_rate[rate]) for rate in sorted(by_rate, key=_order)]


def chargeable_on(document: Invoice) -> date:
    """The day on which the VAT of an issued document becomes chargeable, or is taken back.

    A supply billed by period is chargeable on the last day of the period, whenever it is invoiced
    (CGI 269, 1-a bis and 2-a). What is taken back counts from the document that corrects the
    invoice (CGI 272, 1; BOI-TVA-DED-40-10-20), so on its issue date. So does an invoice that
    follows one already issued (CGI 289, I-5): with its credit note it declares the difference
    once, and no return that was filed changes.
    """
    assert document.issue_date is not None
    if is_correction(document):
        return document.issue_date
    return document.period_to - timedelta(days=1)


def is_correction(document: Invoice) -> bool:
    return document.kind == DocumentKind.CREDIT_NOTE or bool(document.refers_to)


_AcciseRate = tuple[AcciseCategory | None, str]


def _order(rate: _AcciseRate) -> tuple[bool, str, Decimal]:
    category, eur_per_mwh = rate
    return category is None, category or "", Decimal(eur_per_mwh)


def _declared_accise(document: Invoice) -> Mapping[_AcciseRate, DeclaredAccise]:
    sign = document.kind.sign
    sums: defaultdict[_AcciseRate, list[tuple[int, int, int]]] = defaultdict(list)
    for tax in document.taxes:
        figures = _tax_energy_wmin(document, tax), tax.quantity_kwh, tax.amount_cents
        sums[tax.category, tax.rate_eur_per_mwh or _NO_RATE].append(figures)
    if exempt_wmin := _exempt_wmin(document):
        sums[None, _NO_RATE].append((exempt_wmin, 0, 0))
    return {
        rate: DeclaredAccise(document, *(sign * sum(column) for column in zip(*rows, strict=True)))
        for rate, rows in sums.items()
    }


def _tax_energy_wmin(document: Invoice, tax: TaxLine) -> int:
    """The exact energy that a line of tax is on.

    Where a consumer changes category within the same days, a document does not say which energy
    is whose: then it is the rounded quantity.
    """
    same_days = [
        other
        for other in document.taxes
        if other.consumer == tax.consumer
        and other.valid_from < tax.valid_to
        and tax.valid_from < other.valid_to
    ]
    if len(same_days) > 1:
        return tax.quantity_kwh * _KWH_WMIN
    return sum(
        energy_wmin
        for consumer, day, energy_wmin in _energies(document)
        if consumer == tax.consumer and tax.valid_from <= day < tax.valid_to
    )


def _exempt_wmin(document: Invoice) -> int:
    exempt = [period for period in document.accise if period.regime is AcciseRegime.EXEMPT]
    return sum(
        energy_wmin
        for _, day, energy_wmin in _energies(document)
        if any(period.covers(day) for period in exempt)
    )


def _energies(document: Invoice) -> Iterable[tuple[str, date, int]]:
    """The energy of each line and day, by consumer."""
    for line in document.lines:
        days = days_between(line.valid_from, line.valid_to)
        for day, energy_wmin in zip(days, line.daily_wmin, strict=False):
            yield line.consumer, day, energy_wmin

"""The taxes that a credit note takes back together with the energy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.corrections.standing import StandingLine
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.taxes.accise import TaxLine, tax_cents


def taxes_left(invoice: Invoice, documents: Iterable[Invoice]) -> list[TaxLine]:
    """The taxes of an invoice, less those of its credit notes among these documents."""
    left_taxes = {_key(tax): tax for tax in invoice.taxes}
    for document in documents:
        if document.kind == DocumentKind.CREDIT_NOTE and document.refers_to[0].id == invoice.id:
            for tax in document.taxes:
                tax_left = left_taxes[_key(tax)]
                left_taxes[_key(tax)] = replace(
                    tax_left,
                    quantity_kwh=tax_left.quantity_kwh - tax.quantity_kwh,
                    amount_cents=tax_left.amount_cents - tax.amount_cents,
                )
    return [tax for tax in left_taxes.values() if tax.quantity_kwh or tax.amount_cents]


def _key(tax: TaxLine) -> tuple[object, ...]:
    return tax.consumer, tax.category, tax.valid_from, tax.valid_to, tax.rate_eur_per_mwh


def credited_taxes(
    left_taxes: Iterable[TaxLine],
    standing: Sequence[StandingLine],
    credited_energies: Sequence[tuple[Prm, Mapping[date, int]]],
) -> list[TaxLine]:
    """The taxes to take back, so that those left match the energy left.

    left_taxes: of an invoice. standing: its lines. credited_energies: by consumer and day.
    """
    credited = []
    for tax in left_taxes:
        energies = [(line.line.consumer, line.left_days) for line in standing]
        after_wmin = _energy_wmin(tax, energies) - _energy_wmin(tax, credited_energies)
        if after_wmin == _energy_wmin(tax, energies):
            continue
        take = _difference(tax, after_wmin)
        if take.quantity_kwh or take.amount_cents:
            credited.append(take)
    return credited


def _energy_wmin(tax: TaxLine, energies: Iterable[tuple[Prm, Mapping[date, int]]]) -> int:
    return sum(
        energy_wmin
        for consumer, days in energies
        if consumer == tax.consumer
        for day, energy_wmin in days.items()
        if tax.valid_from <= day < tax.valid_to
    )


def _difference(tax: TaxLine, after_wmin: int) -> TaxLine:
    if after_wmin <= 0:
        return tax
    quantity_kwh = min(int(round_half_up(kwh_from_wmin(after_wmin), 0)), tax.quantity_kwh)
    rate = Decimal(tax.rate_eur_per_mwh or 0)
    amount_cents = min(tax_cents(quantity_kwh, rate), tax.amount_cents)
    return replace(
        tax,
        quantity_kwh=tax.quantity_kwh - quantity_kwh,
        amount_cents=tax.amount_cents - amount_cents,
    )

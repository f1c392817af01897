"""The taxes that a credit note takes back with the energy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.accise import TaxLine, tax_cents
from services.billing.domain.documents import DocumentKind
from services.billing.domain.invoices import Invoice
from services.billing.domain.standing import StandingLine


def taxes_left(invoice: Invoice, documents: Iterable[Invoice]) -> list[TaxLine]:
    """The taxes of an invoice, less what its credit notes, among these documents, have taken."""
    left = {_key(one): one for one in invoice.taxes}
    for document in documents:
        if document.kind == DocumentKind.CREDIT_NOTE and document.refers_to[0].id == invoice.id:
            for one in document.taxes:
                before = left[_key(one)]
                left[_key(one)] = replace(
                    before,
                    quantity_kwh=before.quantity_kwh - one.quantity_kwh,
                    amount_cents=before.amount_cents - one.amount_cents,
                )
    return [one for one in left.values() if one.quantity_kwh or one.amount_cents]


def _key(tax: TaxLine) -> tuple[object, ...]:
    return tax.consumer, tax.category, tax.valid_from, tax.valid_to, tax.rate_eur_per_mwh


def credited_taxes(
    left: Iterable[TaxLine],
    standing: Sequence[StandingLine],
    taken: Sequence[tuple[Prm, Mapping[date, int]]],
) -> list[TaxLine]:
    """What is to take back, so that the taxes left are those of the energy left.

    left: of an invoice. standing: its lines. taken: energies by day, of consumers.
    """
    credited = []
    for tax in left:
        before = [(one.line.consumer, one.left_days) for one in standing]
        after_wmin = _energy_wmin(tax, before) - _energy_wmin(tax, taken)
        if after_wmin == _energy_wmin(tax, before):
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

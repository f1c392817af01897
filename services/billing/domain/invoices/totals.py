"""Totals of invoices: sums of lines, and VAT by rate, in integer cents."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from libs.common.rounding import round_half_up


@dataclass(frozen=True)
class VatAmount:
    rate: Decimal
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class Totals:
    """Sums of lines, and VAT by rate, the highest first."""

    excl_vat_cents: int
    vat: tuple[VatAmount, ...]
    incl_vat_cents: int


def totals(charged: Iterable[tuple[Decimal, int]]) -> Totals:
    """The totals of one invoice: VAT by rate on the sum of its lines and taxes, half up.

    charged: VAT rate and cents of each; taxes on energy are in the base of VAT (CGI art. 267, I-1).
    """
    bases: defaultdict[Decimal, int] = defaultdict(int)
    for rate, amount_cents in charged:
        bases[rate] += amount_cents
    return _totalled(
        VatAmount(rate, base_cents, int(round_half_up(base_cents * rate, 0)))
        for rate, base_cents in bases.items()
    )


def add_totals(invoice_totals: Iterable[Totals]) -> Totals:
    """The totals of several invoices: sums of rounded amounts, so that they add up on paper."""
    bases: defaultdict[Decimal, list[VatAmount]] = defaultdict(list)
    for sums in invoice_totals:
        for amount in sums.vat:
            bases[amount.rate].append(amount)
    return _totalled(
        VatAmount(
            rate,
            sum(amount.base_cents for amount in amounts),
            sum(amount.vat_cents for amount in amounts),
        )
        for rate, amounts in bases.items()
    )


def _totalled(amounts: Iterable[VatAmount]) -> Totals:
    vat = tuple(sorted(amounts, key=lambda amount: -amount.rate))
    excl_vat_cents = sum(amount.base_cents for amount in vat)
    return Totals(
        excl_vat_cents=excl_vat_cents,
        vat=vat,
        incl_vat_cents=excl_vat_cents + sum(amount.vat_cents for amount in vat),
    )

"""From shared energy to invoice lines and totals, in integer cents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from libs.common.errors import Problem
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import WMIN_PER_KWH
from services.billing.domain.documents import LineReference
from services.billing.domain.price_list import PriceEntry, PriceList

_MICRO_EUR_PER_CENT = 10_000
_DAYS_NAMED = 5


class PriceMissing(Problem):
    status, slug, title = 409, "price-missing", "Some shared energy has no price"


class DayEnergy(NamedTuple):
    """What one producer gave one consumer on one local day; a correction may be negative."""

    producer: Prm
    consumer: Prm
    day: date
    energy_wmin: int


@dataclass(frozen=True)
class PriceLine:
    """The energy of one producer for one consumer at one price; amount before VAT.

    ``days`` add up to the energy. ``corrects``: the issued line to which it adds energy.
    """

    producer: Prm
    consumer: Prm
    price: PriceEntry
    energy_wmin: int
    amount_cents: int
    days: Mapping[date, int] = field(default_factory=dict, compare=False)
    corrects: LineReference | None = None


@dataclass(frozen=True)
class VatAmount:
    rate: Decimal
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class Totals:
    """Sums of lines, VAT by rate with the highest first."""

    excl_vat_cents: int
    vat: tuple[VatAmount, ...]
    incl_vat_cents: int


def price_lines(energies: Iterable[DayEnergy], prices: PriceList) -> list[PriceLine]:
    """One line per producer, consumer and price, in that order and by date; no line without energy.

    The price is that of the local day, so a change in mid-month makes two lines. The amount is
    rounded once per line, half up, from the exact energy.
    Raises PriceMissing, naming each producer and its days without a price.
    """
    days: defaultdict[tuple[Prm, date], dict[Prm, int]] = defaultdict(dict)
    for producer, consumer, day, energy_wmin in energies:
        if energy_wmin:
            consumers = days[producer, day]
            consumers[consumer] = consumers.get(consumer, 0) + energy_wmin
    lines: defaultdict[tuple[Prm, Prm, PriceEntry], dict[date, int]] = defaultdict(dict)
    for (producer, day), price in _prices_in_force(days, prices).items():
        for consumer, energy_wmin in days[producer, day].items():
            lines[producer, consumer, price][day] = energy_wmin
    ordered = sorted(lines.items(), key=lambda item: _line_order(*item[0]))
    return [price_line(*of, energies) for of, energies in ordered]


def price_line(
    producer: Prm, consumer: Prm, price: PriceEntry, days: Mapping[date, int]
) -> PriceLine:
    """What these days cost, rounded once."""
    energy_wmin = sum(days.values())
    amount_cents = price_energy(energy_wmin, price.price_micro_eur_per_kwh)
    return PriceLine(producer, consumer, price, energy_wmin, amount_cents, days)


def _prices_in_force(
    producer_days: Iterable[tuple[Prm, date]], prices: PriceList
) -> dict[tuple[Prm, date], PriceEntry]:
    in_force = {}
    missing: defaultdict[Prm, list[date]] = defaultdict(list)
    for producer, day in sorted(producer_days):
        if price := prices.find_price(producer, day):
            in_force[producer, day] = price
        else:
            missing[producer].append(day)
    if missing:
        raise PriceMissing(
            "No price is in force for "
            + "; ".join(f"{producer} on {_in_words(days)}" for producer, days in missing.items())
            + ".",
            missing={prm: [day.isoformat() for day in days] for prm, days in missing.items()},
        )
    return in_force


def _in_words(days: list[date]) -> str:
    named = ", ".join(day.isoformat() for day in days[:_DAYS_NAMED])
    more = len(days) - _DAYS_NAMED
    return f"{named} and {more} more days" if more > 0 else named


def _line_order(producer: Prm, consumer: Prm, price: PriceEntry) -> tuple[Prm, Prm, date, str]:
    return producer, consumer, price.valid_from, price.producer or ""


def price_energy(energy_wmin: int, price_micro_eur_per_kwh: int) -> int:
    """Cents, rounded half up."""
    # Multiplied before it is divided: the only inexact step is the quotient, to 28 digits, when a
    # value that is not a tie stays 10⁻⁹ cents or more away from one.
    exact = Decimal(energy_wmin * price_micro_eur_per_kwh) / (WMIN_PER_KWH * _MICRO_EUR_PER_CENT)
    return int(round_half_up(exact, 0))


def totals(lines: Iterable[PriceLine], taxes: Iterable[tuple[Decimal, int]] = ()) -> Totals:
    """The totals of one invoice: VAT by rate on the sum of its lines and taxes, half up.

    taxes: VAT rate and cents of each; taxes on energy are in the base of VAT (CGI art. 267, I-1).
    """
    bases: defaultdict[Decimal, int] = defaultdict(int)
    for line in lines:
        bases[line.price.vat_rate] += line.amount_cents
    for rate, amount_cents in taxes:
        bases[rate] += amount_cents
    return _totalled(
        VatAmount(rate, base_cents, int(round_half_up(base_cents * rate, 0)))
        for rate, base_cents in bases.items()
    )


def add_totals(several: Iterable[Totals]) -> Totals:
    """The totals of several invoices: sums of rounded amounts, so that they add up on paper."""
    bases: defaultdict[Decimal, list[VatAmount]] = defaultdict(list)
    for one in several:
        for amount in one.vat:
            bases[amount.rate].append(amount)
    return _totalled(
        VatAmount(rate, sum(a.base_cents for a in amounts), sum(a.vat_cents for a in amounts))
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

"""Lines of invoices: energy at a price, or a fee. What is charged is what the invoice keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from libs.common.calendar import Month, days_between
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.invoices.documents import LineReference
from services.billing.domain.prices.price_list import Price, PriceRule
from services.billing.domain.prices.price_list.entries import micro_eur_of
from services.billing.domain.prices.pricing import Attribution, price_energy, priced_in_order
from services.billing.domain.rate_texts import coefficient_text, rate_text


class LineKind(StrEnum):
    ENERGY = "energy"
    FEE = "fee"


@dataclass(frozen=True)
class InvoiceLine:
    """One producer's energy for one consumer at one price, or a fee, over local days [from, to).

    Amounts are before VAT. ``rule`` (a PriceRule) and ``group`` give the reason for the price.
    ``list_price_eur_per_kwh``: after the index ``coefficient``, before the ``discount``.
    A fee has no energy; ``label`` is its name, and ``days`` of ``month_days`` are charged.
    ``daily_wmin``: the energy of each of its days.
    ``corrects``: the line that this one takes back, or to which it adds energy.
    """

    producer: Prm
    consumer: Prm
    valid_from: date
    valid_to: date
    energy_wmin: int
    energy_kwh: str
    price_eur_per_kwh: str
    vat_rate: str
    amount_cents: int
    kind: str = LineKind.ENERGY
    rule: str = ""
    group: str | None = None
    hour_class: str | None = None
    coefficient: str | None = None
    list_price_eur_per_kwh: str | None = None
    discount: str | None = None
    label: str | None = None
    eur_per_month: str | None = None
    days: int | None = None
    month_days: int | None = None
    vat_mention: str | None = None
    daily_wmin: list[int] = field(default_factory=list)
    corrects: LineReference | None = None

    @property
    def days_wmin(self) -> dict[date, int]:
        """The energy of each of its days, zeros included; a fee has none."""
        if self.kind == LineKind.FEE:
            return {}
        return dict(zip(days_between(self.valid_from, self.valid_to), self.daily_wmin, strict=True))

    @property
    def price(self) -> Price:
        """The price at which its energy was charged."""
        return Price(
            price_micro_eur_per_kwh=micro_eur_of(self.price_eur_per_kwh),
            list_micro_eur_per_kwh=micro_eur_of(
                self.list_price_eur_per_kwh or self.price_eur_per_kwh
            ),
            vat_rate=Decimal(self.vat_rate),
            vat_mention=self.vat_mention,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            rule=PriceRule(self.rule),
            group=self.group,
            hour_class=self.hour_class,
            coefficient=None if self.coefficient is None else Decimal(self.coefficient),
            discount=self.discount,
        )


def charge_month(attribution: Attribution, month: Month) -> list[InvoiceLine]:
    """Charge a month's priced energy, in the order of producers, consumers and prices."""
    return [
        charge(producer, consumer, price.within(month), days)
        for (producer, consumer, price), days in priced_in_order(attribution)
    ]


def charge(
    producer: Prm,
    consumer: Prm,
    price: Price,
    days_wmin: Mapping[date, int],
    *,
    corrects: LineReference | None = None,
) -> InvoiceLine:
    """Charge the energy of these days at a price, rounded once, half up.

    price: within the month of the days. corrects: the issued line to which this one adds energy.
    """
    assert price.valid_to is not None
    energy_wmin = sum(days_wmin.values())
    return InvoiceLine(
        producer=producer,
        consumer=consumer,
        valid_from=price.valid_from,
        valid_to=price.valid_to,
        energy_wmin=energy_wmin,
        energy_kwh=kwh_text(energy_wmin),
        price_eur_per_kwh=price.price_eur_per_kwh,
        vat_rate=rate_text(price.vat_rate),
        amount_cents=price_energy(energy_wmin, price.price_micro_eur_per_kwh),
        rule=price.rule.value,
        group=price.group,
        hour_class=price.hour_class,
        coefficient=coefficient_text(price.coefficient),
        list_price_eur_per_kwh=price.list_price_eur_per_kwh,
        discount=price.discount,
        vat_mention=price.vat_mention,
        daily_wmin=daily(days_wmin, price.valid_from, price.valid_to),
        corrects=corrects,
    )


def kwh_text(energy_wmin: int) -> str:
    """The energy in kWh to three decimals, for people."""
    return str(round_half_up(kwh_from_wmin(energy_wmin), 3))


def daily(days_wmin: Mapping[date, int], first: date, end: date) -> list[int]:
    """The energies of the days [first, end), in order."""
    return [days_wmin.get(day, 0) for day in days_between(first, end)]

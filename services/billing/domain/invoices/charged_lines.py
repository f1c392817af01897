"""Lines of energy at a price, and the price as a document states it, whatever the list says now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.invoices.documents import LineReference
from services.billing.domain.prices.price_list import Price, PriceList
from services.billing.domain.prices.price_list.entries import euro_text
from services.billing.domain.prices.pricing import (
    NO_HOURS,
    Attribution,
    DayEnergy,
    HoursByPair,
    attribute,
    price_energy,
    priced_in_order,
    refuse_gaps,
)
from services.billing.domain.rate_texts import coefficient_text


class KwhPrice(Protocol):
    """What the amount of a line and its VAT take: a price of the list, or one as stated."""

    @property
    def price_micro_eur_per_kwh(self) -> int: ...
    @property
    def vat_rate(self) -> Decimal: ...
    @property
    def vat_mention(self) -> str | None: ...


_P = TypeVar("_P", bound=KwhPrice)


@dataclass(frozen=True)
class LinePrice:
    """The price of a kWh over local days ``[valid_from, valid_to)`` of one month.

    Prices with equal fields are equal. rule: a PriceRule. list_price_eur_per_kwh: before the
    discount.
    """

    price_micro_eur_per_kwh: int
    vat_rate: Decimal
    vat_mention: str | None
    valid_from: date
    valid_to: date
    rule: str
    group: str | None = None
    hour_class: str | None = None
    coefficient: str | None = None
    list_price_eur_per_kwh: str | None = None
    discount: str | None = None

    @property
    def price_eur_per_kwh(self) -> str:
        return euro_text(self.price_micro_eur_per_kwh)

    @property
    def order(self) -> tuple[date, str, str, str, str, int, date]:
        """The order in which lines of one producer and consumer are written."""
        return (
            self.valid_from,
            self.hour_class or "",
            self.rule,
            self.group or "",
            self.discount or "",
            self.price_micro_eur_per_kwh,
            self.valid_to,
        )


@dataclass(frozen=True)
class ChargedLine(Generic[_P]):
    """The energy of one producer for one consumer at one price; the amount is before VAT.

    ``days`` sum to the energy. ``corrects``: the issued line to which it adds energy.
    """

    producer: Prm
    consumer: Prm
    price: _P
    days: Mapping[date, int]
    energy_wmin: int
    amount_cents: int
    corrects: LineReference | None = None

    @property
    def vat_rate(self) -> Decimal:
        return self.price.vat_rate

    @property
    def vat_mention(self) -> str | None:
        return self.price.vat_mention


def charge(
    producer: Prm,
    consumer: Prm,
    price: _P,
    days: Mapping[date, int],
    *,
    corrects: LineReference | None = None,
) -> ChargedLine[_P]:
    """Charge the energy of these days at a price, rounded once, half up."""
    energy_wmin = sum(days.values())
    amount_cents = price_energy(energy_wmin, price.price_micro_eur_per_kwh)
    return ChargedLine(producer, consumer, price, days, energy_wmin, amount_cents, corrects)


def charge_listed(
    energies: Iterable[DayEnergy],
    prices: PriceList,
    *,
    hours: HoursByPair = NO_HOURS,
) -> list[ChargedLine[Price]]:
    """Charge all energy at the list's prices: one line per price, however many months it has.

    There is no line without energy. The price is that of the local day, so a change in mid-month
    makes two lines. Raises PriceMissing and HoursUnknown, naming each producer and its days.
    """
    attribution = attribute(energies, prices, hours=hours)
    refuse_gaps(attribution)
    return [charge(*line, days) for line, days in priced_in_order(attribution)]


def charge_month(attribution: Attribution[Price], month: Month) -> list[ChargedLine[LinePrice]]:
    """Charge a month's priced energy, in the order of the list."""
    return [
        charge(producer, consumer, line_price(price, month), days)
        for (producer, consumer, price), days in priced_in_order(attribution)
    ]


def line_price(price: Price, month: Month) -> LinePrice:
    """The list's price as a line states it: limited to its days of the month."""
    return LinePrice(
        price_micro_eur_per_kwh=price.price_micro_eur_per_kwh,
        vat_rate=price.vat_rate,
        vat_mention=price.vat_mention,
        valid_from=max(price.valid_from, month.first_day),
        valid_to=min(price.valid_to or month.next_first_day, month.next_first_day),
        rule=price.rule.value,
        group=price.scope.group,
        hour_class=price.hour_class,
        coefficient=coefficient_text(price.coefficient),
        list_price_eur_per_kwh=price.list_price_eur_per_kwh,
        discount=price.discount.name if price.discount else None,
    )

"""The worth to a point of one more kWh from the operation, at the prices of one day.

It replaces a kWh from the supplier: the member pays a producer for it, and the supplier for its
use of the networks, as in both bills. Subscription and fixed charges stay the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from libs.common.rounding import round_half_up
from libs.common.units import WMIN_PER_KWH
from services.billing.domain.both_bills.bills_unavailable import unavailable
from services.billing.domain.both_bills.reference_offers import ReferenceOffer
from services.billing.domain.both_bills.supplier_bills import (
    Stretch,
    Use,
    bill_of_rest,
    bill_without,
)
from services.billing.domain.both_bills.supplier_offers import SupplierOffer
from services.billing.domain.both_bills.supplier_terms import SupplierTerms, terms_on
from services.billing.domain.both_bills.tariff_hours import MonthEnergy
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.prices.price_list import Price, PriceList
from services.billing.domain.prices.price_list.hour_classes import HALF_HOURS
from services.billing.domain.prices.sales import Participation
from services.billing.domain.taxes.accise import AcciseEntry, AcciseRegime
from services.billing.domain.taxes.accise_default import with_default
from services.billing.domain.versions import in_force

_KWH_PER_MWH = 1000
_YEAR_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class BuyingPoint:
    """A member's point and the facts that decide its prices; offers and accise as entered.

    is_gift: whether the operation gives its energy on the day.
    """

    prm: Prm
    customer: Party
    power_limit_w: int | None
    offers: Sequence[SupplierOffer]
    accise: Sequence[AcciseEntry]
    prices: PriceList
    participations: Sequence[Participation]
    is_gift: bool = False


@dataclass(frozen=True)
class MwhWorth:
    """Prices in cents per MWh, VAT included: 100 cents per MWh are a tenth of a cent per kWh.

    hour_class: of the price list. supplier: for a MWh from the supplier. networks: billed by the
    supplier for a local MWh's use of the networks. local: billed by a producer.
    """

    hour_class: str | None
    supplier_cents: int
    networks_cents: int
    local_cents: int

    @property
    def saving_cents(self) -> int:
        """The saving by a local MWh; negative if it costs more."""
        return self.supplier_cents - self.networks_cents - self.local_cents


@dataclass(frozen=True)
class LocalWorth:
    """The least and the most that a local kWh saves, depending on hours and producer."""

    day: date
    least: MwhWorth
    most: MwhWorth
    reference: ReferenceOffer | None
    is_accise_known: bool


class _SupplierHours(NamedTuple):
    """Half-hours with the same supplier's price."""

    is_off_peak: bool
    month: Month


def local_worth(point: BuyingPoint, day: date) -> LocalWorth:
    """Compute the worth at the day's prices, over the hours of the year that begins with it.

    Raises BillsUnavailable: `offer-missing`, `rate-missing`, `price-missing`, `seller-missing`.
    """
    terms = terms_on(point, day)
    accise = in_force(with_default(point.accise, point.participations), day)
    regime = accise.regime if accise else AcciseRegime.UNDECIDED
    due_eur_per_mwh = terms.rates.accise_eur_per_mwh if regime is AcciseRegime.STANDARD else None
    tax_eur_per_mwh = due_eur_per_mwh or Decimal()
    sellers = _sellers(point, day)
    pairs = _hours_of_year(point.prices, terms.offer, day)
    supplied = {hours: _supplied_cents(terms, hours) for hours in {hours for _, hours in pairs}}
    local = {
        hour_class: [
            0
            if point.is_gift
            else _local_cents(_price(point, producer, day, hour_class), tax_eur_per_mwh)
            for producer in sellers
        ]
        for hour_class in {hour_class for hour_class, _ in pairs}
    }
    worths = [
        MwhWorth(hour_class, *supplied[hours], local_cents)
        for hour_class, hours in pairs
        for local_cents in local[hour_class]
    ]
    return LocalWorth(
        day=day,
        least=min(worths, key=lambda worth: worth.saving_cents),
        most=max(worths, key=lambda worth: worth.saving_cents),
        reference=terms.reference,
        is_accise_known=regime is not AcciseRegime.UNDECIDED,
    )


def _hours_of_year(
    prices: PriceList, offer: SupplierOffer, day: date
) -> Sequence[tuple[str | None, _SupplierHours]]:
    """The pairs of the list's hour class and the supplier's hours, each once, in order."""
    off_peak = offer.off_peak_half_hours
    year = (day + timedelta(days=number) for number in range(_YEAR_DAYS))
    return list(
        dict.fromkeys(
            (hour_class, _SupplierHours(half_hour in off_peak, Month.of(year_day)))
            for year_day in year
            for half_hour, hour_class in _half_hours(prices, year_day)
        )
    )


def _half_hours(prices: PriceList, day: date) -> Iterable[tuple[int, str | None]]:
    """Each half-hour of the clock with its class, or with all that it may have."""
    if (classes := prices.classes_of_day(day)) is not None:
        return enumerate(classes)
    return product(range(HALF_HOURS), prices.classes_on(day))


def _sellers(point: BuyingPoint, day: date) -> Sequence[Prm]:
    """The plants from which the member buys on the day, without the member's own."""
    sellers = {
        plant.prm
        for plant in point.participations
        if plant.direction is Direction.PRODUCTION
        and plant.member_id != point.customer.member_id
        and plant.covers(day)
    }
    if not sellers:
        detail = f"Nobody sells to this member in the operation on {day}."
        raise unavailable("seller-missing", detail)
    return sorted(sellers)


def _price(point: BuyingPoint, producer: Prm, day: date, hour_class: str | None) -> Price:
    buyer = point.prices.buyer(point.prm, point.customer.member_id)
    price = point.prices.prices_on(producer, buyer, day)[hour_class]
    if price is None:
        raise unavailable("price-missing", f"Some producer has no price for this point on {day}.")
    return price


def _local_cents(price: Price, tax_eur_per_mwh: Decimal) -> int:
    """A producer's bill for a MWh; the accise, where due, is in the VAT base."""
    eur_per_mwh = Decimal(price.price_micro_eur_per_kwh).scaleb(-6) * _KWH_PER_MWH
    incl_vat_eur = (eur_per_mwh + tax_eur_per_mwh) * (1 + price.vat_rate)
    return int(round_half_up(incl_vat_eur * 100, 0))


def _supplied_cents(terms: SupplierTerms, hours: _SupplierHours) -> tuple[int, int]:
    """The supplier's extra bill for a MWh of its own, and for a local MWh's use of networks."""
    days = hours.month.days
    stretch = Stretch(terms.offer, terms.rates, terms.reference, days, len(days))
    none = MonthEnergy(0, 0)
    mwh_wmin = WMIN_PER_KWH * _KWH_PER_MWH
    mwh = MonthEnergy(mwh_wmin, mwh_wmin if hours.is_off_peak else 0)
    idle_cents = bill_without([Use(stretch, none, none)]).totals.incl_vat_cents
    supplied = bill_without([Use(stretch, mwh, none)])
    local = bill_of_rest([Use(stretch, mwh, mwh)])
    return (
        supplied.totals.incl_vat_cents - idle_cents,
        local.totals.incl_vat_cents - idle_cents,
    )

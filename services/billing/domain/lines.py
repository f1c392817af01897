"""Lines of an invoice, as its frozen content says them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from libs.common.calendar import Month
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.fees import FeeLine
from services.billing.domain.pricing import PriceLine


class LineKind(StrEnum):
    ENERGY = "energy"
    FEE = "fee"


@dataclass(frozen=True)
class Line:
    """One producer's energy for one consumer at one price, or a fee, over local days [from, to).

    ``rule`` (a PriceRule) and ``group`` say why this price: empty in invoices of before.
    ``list_price_eur_per_kwh``: before the discount that is named, after the index ``coefficient``.
    Of a fee: no energy; ``label`` is its name, and ``days`` of ``month_days`` are charged.
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


def rate_text(rate: Decimal) -> str:
    """The rate in its shortest form: one from a table may have more zeros than one from a file."""
    return f"{rate.normalize():f}"


def write_lines(priced: Sequence[PriceLine], fees: Sequence[FeeLine], month: Month) -> list[Line]:
    """Energy first, then fees; a price that holds for longer is shown for its days of the month."""
    first, end = month.first_day, month.next_first_day
    return [*(_energy_line(one, first, end) for one in priced), *map(_fee_line, fees)]


def _energy_line(priced: PriceLine, month_start: date, month_end: date) -> Line:
    price = priced.price
    return Line(
        producer=priced.producer,
        consumer=priced.consumer,
        valid_from=max(price.valid_from, month_start),
        valid_to=min(price.valid_to or month_end, month_end),
        energy_wmin=priced.energy_wmin,
        energy_kwh=str(round_half_up(kwh_from_wmin(priced.energy_wmin), 3)),
        price_eur_per_kwh=price.price_eur_per_kwh,
        vat_rate=rate_text(price.vat_rate),
        amount_cents=priced.amount_cents,
        rule=price.rule,
        group=price.scope.group,
        hour_class=price.hour_class,
        coefficient=_coefficient_text(price.coefficient),
        list_price_eur_per_kwh=price.list_price_eur_per_kwh,
        discount=price.discount.name if price.discount else None,
    )


def _fee_line(charged: FeeLine) -> Line:
    fee = charged.fee
    return Line(
        producer=charged.producer,
        consumer=charged.consumer,
        valid_from=charged.days[0],
        valid_to=charged.days[-1] + timedelta(days=1),
        energy_wmin=0,
        energy_kwh="0.000",
        price_eur_per_kwh="0",
        vat_rate=rate_text(charged.vat_rate),
        amount_cents=charged.amount_cents,
        kind=LineKind.FEE,
        rule=fee.rule,
        group=fee.scope.group,
        coefficient=_coefficient_text(fee.coefficient),
        label=fee.entry.name,
        eur_per_month=fee.eur_per_month,
        days=len(charged.days),
        month_days=charged.month_days,
    )


def _coefficient_text(coefficient: Decimal | None) -> str | None:
    return None if coefficient is None else f"{coefficient.normalize():f}"

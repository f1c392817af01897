"""Lines of an invoice, as its frozen content states them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from libs.common.calendar import days_between
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.invoices.charged_lines import ChargedLine, LinePrice
from services.billing.domain.invoices.documents import LineReference
from services.billing.domain.prices.fees import FeeLine
from services.billing.domain.rate_texts import coefficient_text, rate_text


class LineKind(StrEnum):
    ENERGY = "energy"
    FEE = "fee"


@dataclass(frozen=True)
class InvoiceLine:
    """One producer's energy for one consumer at one price, or a fee, over local days [from, to).

    ``rule`` (a PriceRule) and ``group`` give the reason for the price.
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


@dataclass(frozen=True)
class FrozenFee:
    """A fee as a document charged it, to charge again if that document is replaced as a whole."""

    line: InvoiceLine
    vat_mention: str | None

    @property
    def amount_cents(self) -> int:
        return self.line.amount_cents

    @property
    def vat_rate(self) -> Decimal:
        return Decimal(self.line.vat_rate)


def kwh_text(energy_wmin: int) -> str:
    """The energy in kWh to three decimals, for people."""
    return str(round_half_up(kwh_from_wmin(energy_wmin), 3))


def daily(days: Mapping[date, int], first: date, end: date) -> list[int]:
    """The energies of the days [first, end), in order."""
    return [days.get(day, 0) for day in days_between(first, end)]


def write_lines(
    lines: Sequence[ChargedLine[LinePrice]], fees: Sequence[FeeLine | FrozenFee]
) -> list[InvoiceLine]:
    """Write the lines of energy first, then those of fees."""
    return [*map(_energy_line, lines), *map(_fee_line, fees)]


def _energy_line(line: ChargedLine[LinePrice]) -> InvoiceLine:
    price = line.price
    return InvoiceLine(
        producer=line.producer,
        consumer=line.consumer,
        valid_from=price.valid_from,
        valid_to=price.valid_to,
        energy_wmin=line.energy_wmin,
        energy_kwh=kwh_text(line.energy_wmin),
        price_eur_per_kwh=price.price_eur_per_kwh,
        vat_rate=rate_text(price.vat_rate),
        amount_cents=line.amount_cents,
        rule=price.rule,
        group=price.group,
        hour_class=price.hour_class,
        coefficient=price.coefficient,
        list_price_eur_per_kwh=price.list_price_eur_per_kwh,
        discount=price.discount,
        vat_mention=price.vat_mention,
        daily_wmin=daily(line.days, price.valid_from, price.valid_to),
        corrects=line.corrects,
    )


def _fee_line(charged: FeeLine | FrozenFee) -> InvoiceLine:
    if isinstance(charged, FrozenFee):
        return replace(charged.line, vat_mention=charged.vat_mention, corrects=None)
    fee = charged.fee
    return InvoiceLine(
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
        coefficient=coefficient_text(fee.coefficient),
        label=fee.entry.name,
        eur_per_month=fee.eur_per_month,
        days=len(charged.days),
        month_days=charged.month_days,
        vat_mention=charged.vat_mention,
    )

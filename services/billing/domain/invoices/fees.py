"""Monthly fees: the members who owe them, for which days of the month, and their lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from libs.common.rounding import round_half_up
from services.billing.domain.invoices.lines import InvoiceLine, LineKind
from services.billing.domain.prices.price_list import Fee, PriceList
from services.billing.domain.prices.sales import Owners, Participation, Parties
from services.billing.domain.rate_texts import coefficient_text, rate_text

_MICRO_EUR_PER_CENT = 10_000


def monthly_fees(
    prices: PriceList, month: Month, participations: Iterable[Participation]
) -> Mapping[Parties, Sequence[InvoiceLine]]:
    """The fee lines by seller and buyer, in producer, consumer, date and name order.

    A fee is due for each local day on which it is in force and both the point and the producer's
    point take part, for different members. Each day's holder of the point owes it. The amount is
    the monthly fee times the share of the month's days, rounded half up once per line.
    """
    lines: defaultdict[Parties, list[InvoiceLine]] = defaultdict(list)
    days_owed = _days_owed(prices, month, participations)
    for debt, days in sorted(days_owed.items(), key=lambda item: item[0].order):
        lines[debt.parties].append(_charge_fee(debt, days, len(month.days)))
    return lines


class _Owed(NamedTuple):
    parties: Parties
    producer: Prm
    consumer: Prm
    fee: Fee

    @property
    def order(self) -> tuple[str, ...]:
        fee = self.fee
        scope = (fee.scope.consumer or "", fee.scope.group or "")
        return self.producer, self.consumer, str(fee.valid_from), fee.entry.name, *scope


def _days_owed(
    prices: PriceList, month: Month, participations: Iterable[Participation]
) -> Mapping[_Owed, Sequence[date]]:
    points = list(participations)
    owners = Owners(points)
    consumers = {point.prm for point in points if point.direction == Direction.CONSUMPTION}
    buyer_of = cache(prices.buyer)
    days: defaultdict[_Owed, list[date]] = defaultdict(list)
    for producer in {fee.producer for fee in prices.fees}:
        for day in month.days:
            issuer_id = owners.find(producer, Direction.PRODUCTION, day)
            for consumer in consumers if issuer_id else ():
                customer_id = owners.find(consumer, Direction.CONSUMPTION, day)
                if issuer_id is None or customer_id is None or customer_id == issuer_id:
                    continue
                parties = Parties(issuer_id, customer_id)
                for fee in prices.find_fees(producer, buyer_of(consumer, customer_id), day):
                    days[_Owed(parties, producer, consumer, fee)].append(day)
    return days


def _charge_fee(debt: _Owed, days: Sequence[date], month_days: int) -> InvoiceLine:
    fee = debt.fee
    return InvoiceLine(
        producer=debt.producer,
        consumer=debt.consumer,
        valid_from=days[0],
        valid_to=days[-1] + timedelta(days=1),
        energy_wmin=0,
        energy_kwh="0.000",
        price_eur_per_kwh="0",
        vat_rate=rate_text(fee.entry.vat_rate),
        amount_cents=_amount_cents(fee.micro_eur_per_month, len(days), month_days),
        kind=LineKind.FEE,
        rule=fee.rule.value,
        group=fee.scope.group,
        coefficient=coefficient_text(fee.coefficient),
        label=fee.entry.name,
        eur_per_month=fee.eur_per_month,
        days=len(days),
        month_days=month_days,
        vat_mention=fee.entry.vat_mention,
    )


def _amount_cents(micro_eur_per_month: int, days: int, month_days: int) -> int:
    exact = Decimal(micro_eur_per_month * days) / (month_days * _MICRO_EUR_PER_CENT)
    return int(round_half_up(exact, 0))

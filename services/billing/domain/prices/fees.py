"""Monthly fees: the members who owe them, and the days of the month that they are due for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from libs.common.rounding import round_half_up
from services.billing.domain.prices.price_list import Fee, PriceList
from services.billing.domain.prices.sales import Owners, Participation, Parties

_MICRO_EUR_PER_CENT = 10_000


@dataclass(frozen=True)
class FeeLine:
    """A fee of one producer for one consuming point, over some days of a month; before VAT."""

    producer: Prm
    consumer: Prm
    fee: Fee
    days: Sequence[date]
    month_days: int
    amount_cents: int

    @property
    def vat_rate(self) -> Decimal:
        return self.fee.entry.vat_rate

    @property
    def vat_mention(self) -> str | None:
        return self.fee.entry.vat_mention


def monthly_fees(
    prices: PriceList, month: Month, participations: Iterable[Participation]
) -> Mapping[Parties, Sequence[FeeLine]]:
    """The fee lines by seller and buyer, in producer, consumer, date and name order.

    A fee is due for each local day on which it is in force and both the point and the producer's
    point take part, for different members. Each day's holder of the point owes it. The amount is
    the monthly fee times the share of the month's days, rounded half up once per line.
    """
    lines: defaultdict[Parties, list[FeeLine]] = defaultdict(list)
    for debt, days in _days_owed(prices, month, participations).items():
        amount_cents = _amount_cents(debt.fee.micro_eur_per_month, len(days), len(month.days))
        line = FeeLine(*debt[1:], days, len(month.days), amount_cents)
        lines[debt.parties].append(line)
    return {parties: sorted(fee_lines, key=_order) for parties, fee_lines in lines.items()}


class _Owed(NamedTuple):
    parties: Parties
    producer: Prm
    consumer: Prm
    fee: Fee


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


def _amount_cents(micro_eur_per_month: int, days: int, month_days: int) -> int:
    exact = Decimal(micro_eur_per_month * days) / (month_days * _MICRO_EUR_PER_CENT)
    return int(round_half_up(exact, 0))


def _order(line: FeeLine) -> tuple[str, ...]:
    fee = line.fee
    scope = (fee.scope.consumer or "", fee.scope.group or "")
    return line.producer, line.consumer, str(fee.valid_from), fee.entry.name, *scope

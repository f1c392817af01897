"""Indexation: coefficients that multiply prices from given days on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from libs.common.rounding import round_half_up
from services.billing.domain.prices.price_list.problems import PriceListInvalid


class Coefficient(NamedTuple):
    valid_from: date
    value: Decimal


class IndexedPeriod(NamedTuple):
    """Local days ``[valid_from, valid_to)``; coefficient: None before the first one."""

    valid_from: date
    valid_to: date | None
    coefficient: Decimal | None


@dataclass(frozen=True)
class PriceIndex:
    """Coefficients in order, each until the next; before the first, prices are not indexed."""

    name: str
    coefficients: tuple[Coefficient, ...]

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.coefficients):
            if later.valid_from <= earlier.valid_from:
                raise PriceListInvalid(
                    f"The coefficients of the index {self.name} must be in the order of their days,"
                    f" one a day: {later.valid_from} comes after {earlier.valid_from}."
                )

    def periods(self, valid_from: date, valid_to: date | None) -> Iterator[IndexedPeriod]:
        """Cut a validity where the coefficient changes."""
        starts = [Coefficient(date.min, Decimal(1)), *self.coefficients]
        ends = [*(coefficient.valid_from for coefficient in self.coefficients), None]
        for place, (coefficient, end) in enumerate(zip(starts, ends, strict=True)):
            begin = max(coefficient.valid_from, valid_from)
            until = min((day for day in (end, valid_to) if day is not None), default=None)
            if until is None or begin < until:
                yield IndexedPeriod(begin, until, coefficient.value if place else None)


def multiply(micro_eur: int, coefficient: Decimal | None) -> int:
    """The indexed price, rounded half up to six decimals of a euro."""
    if coefficient is None:
        return micro_eur
    return int(round_half_up(micro_eur * coefficient, 0))

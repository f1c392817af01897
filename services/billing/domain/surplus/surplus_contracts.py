"""Surplus contracts of a producing point, each over its local days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from libs.common.calendar import Month
from libs.common.errors import Problem
from services.billing.domain.prices.sales import Participation
from services.billing.domain.surplus.yearly_caps import YearlyCap

GIVEN_AWAY_UP_TO_W = 3000


class SurplusContractInvalid(Problem):
    status, slug, title = 409, "surplus-contract-invalid", "A surplus contract contradicts itself"
    example_detail = "A feed_in contract has a price: give price_cents_per_kwh."
    example_facts: ClassVar = {"field": "price_cents_per_kwh"}


class SurplusContractOverlap(Problem):
    status, slug, title = 409, "surplus-contract-overlap", "Two surplus contracts share a day"
    example_detail = "Two contracts cover 2026-10-16: end the first one on that day."
    example_facts: ClassVar = {"day": "2026-10-16"}


class PlantUnknown(Problem):
    status, slug, title = 404, "plant-unknown", "No plant of yours has this PRM"
    example_detail = "Name a point that produces in an operation, and that you may see."


class SurplusKind(StrEnum):
    """The taker of the surplus."""

    FEED_IN = "feed_in"  # obligation d'achat: S21 (arrêté du 6 octobre 2021) and older
    AGGREGATOR = "aggregator"
    FREE = "free"  # given to the grid operator, up to 3 kW (C. énergie D315-10)
    NONE = "none"  # nobody: the plant is throttled, or the energy is lost


_PAID = (SurplusKind.FEED_IN, SurplusKind.AGGREGATOR)


@dataclass(frozen=True, kw_only=True)
class SurplusContract:
    """A contract over local days ``[valid_from, valid_to)``. Raises SurplusContractInvalid.

    price_cents_per_kwh: before VAT and indexation; None where an aggregator pays by the month, as
    given in ``prices_by_month`` once known. coefficient: the yearly indexation (L) that multiplies
    the price; each year's value makes a new version. yearly_cap: of a feed-in contract.
    """

    kind: SurplusKind
    valid_from: date
    valid_to: date | None = None
    buyer: str | None = None
    number: str | None = None
    price_cents_per_kwh: Decimal | None = None
    coefficient: Decimal | None = None
    prices_by_month: Mapping[str, Decimal] = field(default_factory=dict)
    yearly_cap: YearlyCap | None = None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            _refuse("valid_to", "A contract ends after the day on which it begins.")
        self._check_buyer()
        self._check_price()
        self._check_cap()

    def _check_buyer(self) -> None:
        if self.kind in _PAID and self.buyer is None:
            _refuse("buyer", f"A contract of kind {self.kind} names its buyer.")
        if self.kind is SurplusKind.FEED_IN and self.number is None:
            _refuse("number", "A feed_in contract has a number: give it.")
        if self.kind is SurplusKind.NONE and (self.buyer or self.number):
            _refuse("buyer", "Without a contract there is neither a buyer nor a number.")

    def _check_price(self) -> None:
        is_fixed, has_monthly = self.price_cents_per_kwh is not None, bool(self.prices_by_month)
        if self.kind is SurplusKind.FEED_IN and not is_fixed:
            _refuse("price_cents_per_kwh", "A feed_in contract has a price: give it.")
        if self.kind not in _PAID and (is_fixed or has_monthly):
            _refuse("price_cents_per_kwh", f"Nothing is paid under the kind {self.kind}.")
        if has_monthly and (is_fixed or self.kind is not SurplusKind.AGGREGATOR):
            _refuse("prices_by_month", "Only an aggregator without a fixed price pays by month.")
        if self.coefficient is not None and self.kind is not SurplusKind.FEED_IN:
            _refuse("coefficient", "Only the price of a feed_in contract is indexed.")
        if self.coefficient is not None and self.coefficient <= 0:
            _refuse("coefficient", "A coefficient is above zero: write 1 if none applies.")

    def _check_cap(self) -> None:
        if self.yearly_cap is None:
            return
        if self.kind is not SurplusKind.FEED_IN:
            _refuse("yearly_cap", "Only a feed_in contract has a yearly cap.")
        if self.yearly_cap.since > self.valid_from:
            _refuse(
                "yearly_cap", "A contract takes effect on the first day of a version at the latest."
            )

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def overlaps(self, owned: Participation) -> bool:
        """Whether it is in force on a day on which the point was a member's."""
        return (owned.valid_to is None or self.valid_from < owned.valid_to) and (
            self.valid_to is None or owned.valid_from < self.valid_to
        )

    def price_in(self, month: Month) -> Decimal | None:
        """Cents per kWh, indexed and not rounded; None until the month's price is known."""
        if self.kind not in _PAID:
            return Decimal(0)
        if self.price_cents_per_kwh is not None:
            return self.price_cents_per_kwh * (self.coefficient or 1)
        return self.prices_by_month.get(str(month))


def in_order(contracts: Sequence[SurplusContract]) -> list[SurplusContract]:
    """The contracts in the order of their days. Raises SurplusContractOverlap."""
    ordered = sorted(contracts, key=lambda contract: contract.valid_from)
    for contract, successor in pairwise(ordered):
        if contract.covers(successor.valid_from):
            raise SurplusContractOverlap(
                f"Two contracts cover {successor.valid_from}: end the first one on that day.",
                day=str(successor.valid_from),
            )
    return ordered


def check_power(contracts: Sequence[SurplusContract], power_w: int | None) -> None:
    """Refuse to give away the surplus of too large a plant. power_w: None if unknown.

    Raises SurplusContractInvalid.
    """
    is_given = any(contract.kind is SurplusKind.FREE for contract in contracts)
    if is_given and power_w is not None and power_w > GIVEN_AWAY_UP_TO_W:
        _refuse("kind", f"Only plants up to 3 kW give it away (D315-10): this has {power_w} W.")


def _refuse(name: str, detail: str) -> None:
    raise SurplusContractInvalid(detail, field=name)

"""The entries of a price list: prices, monthly fees and discounts, each for some buyers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from libs.common.ids import Prm
from services.billing.domain.prices.price_list.problems import PriceListInvalid

_WHOLE = Decimal(100)


class BuyerScope(NamedTuple):
    """The buyers to whom an entry applies: a point, else a member group, else everybody."""

    consumer: Prm | None = None
    group: str | None = None

    def __str__(self) -> str:
        if self.consumer is not None:
            return f"point {self.consumer}"
        return "everybody" if self.group is None else f"group {self.group}"


EVERYBODY = BuyerScope()


class SellerOffer(Protocol):
    """The common fields of all three."""

    @property
    def producer(self) -> Prm | None: ...
    @property
    def scope(self) -> BuyerScope: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def applies_on(offer: SellerOffer, day: date) -> bool:
    return offer.valid_from <= day and (offer.valid_to is None or day < offer.valid_to)


@dataclass(frozen=True)
class PriceEntry:
    """A price before VAT over local days ``[valid_from, valid_to)``, open-ended if ``None``.

    producer: ``None`` for all producers without a price of their own. vat_rate: 0.20 is 20 %; at 0
    the invoice must state the reason (CGI 293 B), ``vat_mention``. hour_class: ``None`` for all
    half-hours without a price of their class. index: the index that multiplies the price.
    """

    producer: Prm | None
    price_micro_eur_per_kwh: int
    vat_rate: Decimal
    vat_mention: str | None
    valid_from: date
    valid_to: date | None
    scope: BuyerScope = EVERYBODY
    hour_class: str | None = None
    index: str | None = None

    def __post_init__(self) -> None:
        _check_days(self, "A price")
        _check_vat(self.vat_rate, self.vat_mention)

    @property
    def price_eur_per_kwh(self) -> str:
        return euro_text(self.price_micro_eur_per_kwh)


@dataclass(frozen=True)
class FeeEntry:
    """A producer's monthly charge to a consuming point, before VAT, whatever it consumes.

    name: as the invoice shows it; among fees of one name, a point pays only the most specific.
    """

    name: str
    producer: Prm
    micro_eur_per_month: int
    vat_rate: Decimal
    vat_mention: str | None
    valid_from: date
    valid_to: date | None
    scope: BuyerScope = EVERYBODY
    index: str | None = None

    def __post_init__(self) -> None:
        _check_days(self, "A fee")
        _check_vat(self.vat_rate, self.vat_mention)

    @property
    def eur_per_month(self) -> str:
        return euro_text(self.micro_eur_per_month)


@dataclass(frozen=True)
class DiscountEntry:
    """A discount on the price of a kWh: either ``percent`` of it or an amount."""

    name: str
    producer: Prm | None
    percent: Decimal | None
    micro_eur_per_kwh: int | None
    valid_from: date
    valid_to: date | None
    scope: BuyerScope = EVERYBODY

    def __post_init__(self) -> None:
        _check_days(self, "A discount")
        if (self.percent is None) == (self.micro_eur_per_kwh is None):
            raise PriceListInvalid(
                f"The discount {self.name} needs a percentage or an amount per kWh: one of the two."
            )
        if self.percent is not None and not 0 < self.percent <= _WHOLE:
            raise PriceListInvalid(f"A discount of {self.percent} %: write 10 % as 10.")

    @property
    def eur_per_kwh(self) -> str | None:
        return None if self.micro_eur_per_kwh is None else euro_text(self.micro_eur_per_kwh)

    @property
    def percent_text(self) -> str | None:
        return None if self.percent is None else f"{self.percent.normalize():f}"


def euro_text(micro_eur: int) -> str:
    """The amount in € as a decimal text, in its shortest form."""
    return f"{Decimal(micro_eur).scaleb(-6).normalize():f}"


def micro_eur_of(text: str) -> int:
    """The amount of such a text in millionths of a €."""
    return int(Decimal(text).scaleb(6))


def _check_days(offer: SellerOffer, subject: str) -> None:
    if offer.valid_to is not None and offer.valid_to <= offer.valid_from:
        raise PriceListInvalid(f"{subject} from {offer.valid_from} ends on {offer.valid_to}.")
    if offer.scope.consumer is not None and offer.scope.group is not None:
        raise PriceListInvalid(
            f"{subject} from {offer.valid_from} names both the point {offer.scope.consumer} and the"
            f" group {offer.scope.group}: it is for one of them."
        )


def _check_vat(rate: Decimal, mention: str | None) -> None:
    if not 0 <= rate < 1:
        raise PriceListInvalid(f"A VAT rate of {rate}: write 20 % as 0.20.")
    if rate == 0 and not mention:
        raise PriceListInvalid("A VAT rate of 0 needs a vat_mention that gives the reason.")

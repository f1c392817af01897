"""Price lists: what a kWh of a producer costs on a given local day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from libs.common.errors import Problem
from libs.common.ids import PRM_PATTERN, Prm

_PRICE_PATTERN = r"\d{1,6}(\.\d{1,6})?"
_RATE_PATTERN = r"\d(\.\d{1,4})?"
_DAY_PATTERN = r"\d{4}-\d\d-\d\d"
_REQUIRED = {"price_eur_per_kwh", "vat_rate", "valid_from"}
_OPTIONAL = {"producer", "vat_mention", "valid_to"}


class PriceListInvalid(Problem):
    """An entry breaks a rule: it ends before it begins, or omits VAT without saying why."""

    status, slug, title = 409, "price-list-invalid", "The price list is not valid"
    example_detail = "A price from 2026-06-01 ends on 2026-01-01."


class PriceListMalformed(PriceListInvalid):
    """The same problem, when the price list cannot even be read."""

    status = 422
    example_detail = "The entries of a price list are a list, not an empty one."


class PriceListOverlap(Problem):
    status, slug, title = 409, "price-list-overlap", "Two prices of one producer overlap"
    example_detail = "Two prices of 99220000000101 are in force on 2026-06-01."
    example_facts: ClassVar = {"producer": "99220000000101", "day": "2026-06-01"}


@dataclass(frozen=True)
class PriceEntry:
    """A price before VAT over local days ``[valid_from, valid_to)``, open-ended if ``None``.

    producer: ``None`` for all those without a price of their own. vat_rate: 0.20 is 20 %; at 0 the
    invoice must say why (CGI 293 B), in ``vat_mention``.
    """

    producer: Prm | None
    price_micro_eur_per_kwh: int
    vat_rate: Decimal
    vat_mention: str | None
    valid_from: date
    valid_to: date | None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise PriceListInvalid(f"A price from {self.valid_from} ends on {self.valid_to}.")
        if not 0 <= self.vat_rate < 1:
            raise PriceListInvalid(f"A VAT rate of {self.vat_rate}: write 20 % as 0.20.")
        if self.vat_rate == 0 and not self.vat_mention:
            raise PriceListInvalid("A VAT rate of 0 needs a vat_mention that says why.")

    @property
    def price_eur_per_kwh(self) -> str:
        """The price as a decimal text, in its shortest form."""
        return f"{Decimal(self.price_micro_eur_per_kwh).scaleb(-6).normalize():f}"

    def applies_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class PriceList:
    """The prices of one operation. Raises PriceListOverlap when a day has two of one producer."""

    entries: tuple[PriceEntry, ...]

    def __post_init__(self) -> None:
        ordered = sorted(self.entries, key=lambda entry: (entry.producer or "", entry.valid_from))
        for earlier, later in pairwise(ordered):
            if earlier.producer == later.producer and earlier.applies_on(later.valid_from):
                whose = f"producer {later.producer}" if later.producer else "all producers"
                raise PriceListOverlap(
                    f"Two prices of {whose} are in force on {later.valid_from}.",
                    producer=later.producer,
                    day=later.valid_from.isoformat(),
                )

    def find_price(self, producer: Prm, day: date) -> PriceEntry | None:
        """The producer's own price, or else the general one."""
        in_force = [entry for entry in self.entries if entry.applies_on(day)]
        for whose in (producer, None):
            for entry in in_force:
                if entry.producer == whose:
                    return entry
        return None


def parse_price_list(definition: object) -> PriceList:
    """Read ``{"entries": [{…}, …]}``, as the API and the command line take it.

    Fields of an entry: ``producer`` (prm, or null or absent for all), ``price_eur_per_kwh``
    (decimal text, at most six decimals, before VAT), ``vat_rate`` (decimal text, "0.20" is 20 %),
    ``vat_mention`` (text, required when the rate is 0), ``valid_from`` and ``valid_to`` (local
    days, the second excluded; null or absent: open-ended).
    Raises PriceListMalformed, PriceListInvalid, PriceListOverlap.
    """
    if not isinstance(definition, Mapping) or set(definition) != {"entries"}:
        raise PriceListMalformed('A price list is an object with "entries" and nothing else.')
    entries = definition["entries"]
    if not isinstance(entries, Sequence) or isinstance(entries, str) or not entries:
        raise PriceListMalformed("The entries of a price list are a list, not an empty one.")
    return PriceList(tuple(_parse_entry(entry, i) for i, entry in enumerate(entries, start=1)))


def _parse_entry(entry: object, number: int) -> PriceEntry:
    if not isinstance(entry, Mapping):
        raise PriceListMalformed(f"Entry {number} is not an object.")
    if missing := sorted(_REQUIRED - set(entry)):
        raise PriceListMalformed(f"Entry {number} lacks {', '.join(missing)}.")
    if unknown := sorted(str(field) for field in set(entry) - _REQUIRED - _OPTIONAL):
        raise PriceListMalformed(f"Entry {number} has unknown fields: {', '.join(unknown)}.")
    of = f"of entry {number}"
    producer, mention, valid_to = (entry.get(f) for f in ("producer", "vat_mention", "valid_to"))
    price = Decimal(_text(entry["price_eur_per_kwh"], _PRICE_PATTERN, f"price {of}"))
    return PriceEntry(
        producer=None if producer is None else Prm(_text(producer, PRM_PATTERN, f"producer {of}")),
        price_micro_eur_per_kwh=int(price.scaleb(6)),
        vat_rate=Decimal(_text(entry["vat_rate"], _RATE_PATTERN, f"VAT rate {of}")),
        vat_mention=None if mention is None else _text(mention, r".{1,200}", f"VAT mention {of}"),
        valid_from=_day(entry["valid_from"], f"valid_from {of}"),
        valid_to=None if valid_to is None else _day(valid_to, f"valid_to {of}"),
    )


def _text(value: object, pattern: str, what: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        raise PriceListMalformed(f"The {what} is {value!r}: not the expected text.")
    return value


def _day(value: object, what: str) -> date:
    text = _text(value, _DAY_PATTERN, what)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PriceListMalformed(f"The {what} is {text}: no such day.") from error

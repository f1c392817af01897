"""Reading a price list in the form that the API and the command line accept."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from reprlib import repr as shortened
from typing import Any, TypeVar

from services.billing.domain.prices.price_list.entries import (
    BuyerScope,
    DiscountEntry,
    FeeEntry,
    PriceEntry,
)
from services.billing.domain.prices.price_list.fields import (
    COEFFICIENT_PATTERN,
    PERCENT_PATTERN,
    RATE_PATTERN,
    read_day,
    read_decimal,
    read_flag,
    read_list,
    read_member_id,
    read_mention,
    read_micro_eur,
    read_name,
    read_object,
    read_prm,
)
from services.billing.domain.prices.price_list.groups import MemberGroup
from services.billing.domain.prices.price_list.indexes import Coefficient, PriceIndex
from services.billing.domain.prices.price_list.price_lists import PriceList, UnknownHours
from services.billing.domain.prices.price_list.problems import PriceListInvalid, PriceListMalformed
from services.billing.domain.prices.price_list.windows import MAX_CLASSES, parse_hour_class

MAX_IN_GROUPS = 20_000
MAX_FEE_NAMES = 20

_LISTS = {"groups", "hour_classes", "indexes", "fees", "discounts"}
_SCOPE = {"consumer", "group"}
_Read = TypeVar("_Read")


def parse_price_list(definition: object) -> PriceList:
    """Read ``{"entries": [{…}, …], …}``; docs/use/price-lists.md has all fields, with examples.

    Fields of an entry: ``producer`` (prm, or null or absent for all), ``price_eur_per_kwh``
    (decimal text, at most six decimals, before VAT), ``vat_rate`` (decimal text, "0.20" is 20 %),
    ``vat_mention`` (text, required when the rate is 0), ``valid_from`` and ``valid_to`` (local
    days, the second excluded; null or absent: open-ended); ``consumer`` or ``group``,
    ``hour_class`` and ``index`` if it is for some buyers or hours only, or indexed.
    Raises PriceListMalformed, PriceListInvalid, PriceListOverlap.
    """
    if (
        not isinstance(definition, Mapping)
        or "entries" not in definition
        or set(definition) - {"entries", "unknown_hours"} - _LISTS
    ):
        raise PriceListMalformed(
            'A price list is an object with "entries", and nothing else but'
            f" {', '.join(sorted(_LISTS))} and unknown_hours."
        )
    if not read_list(definition["entries"], "The entries of a price list"):
        raise PriceListMalformed("The entries of a price list must be a non-empty list.")
    hour_classes = _parse_each(definition, "hour_classes", "hour class", parse_hour_class)
    if len(hour_classes) > MAX_CLASSES:
        raise PriceListInvalid(
            f"There are {len(hour_classes)} hour classes: {MAX_CLASSES} at most."
        )
    groups = _parse_each(definition, "groups", "group", _parse_group)
    fees = _parse_each(definition, "fees", "fee", _parse_fee)
    _check_sizes(groups, fees)
    return PriceList(
        entries=_parse_each(definition, "entries", "entry", _parse_entry),
        groups=groups,
        hour_classes=hour_classes,
        indexes=_parse_each(definition, "indexes", "index", _parse_index),
        fees=fees,
        discounts=_parse_each(definition, "discounts", "discount", _parse_discount),
        unknown_hours=_parse_unknown_hours(definition.get("unknown_hours")),
    )


def _check_sizes(groups: Iterable[MemberGroup], fees: Iterable[FeeEntry]) -> None:
    """Refuse lists that would take too long to draft a month. Raises PriceListMalformed."""
    in_groups = sum(len(group.consumers) + len(group.members) for group in groups)
    if in_groups > MAX_IN_GROUPS:
        raise PriceListMalformed(
            f"The groups have {in_groups} points and members: {MAX_IN_GROUPS} at most, of all."
        )
    names = Counter(producer for producer, _ in {(fee.producer, fee.name) for fee in fees})
    for producer, number in sorted(names.items()):
        if number > MAX_FEE_NAMES:
            raise PriceListMalformed(
                f"The fees of {producer} have {number} names: {MAX_FEE_NAMES} at most."
            )


def _parse_each(
    definition: Mapping[str, Any], name: str, noun: str, parse: Callable[[object, str], _Read]
) -> tuple[_Read, ...]:
    values = read_list(definition.get(name) or [], f"The {name} of a price list")
    return tuple(parse(value, f"{noun} {i}") for i, value in enumerate(values, start=1))


def _parse_entry(value: object, subject: str) -> PriceEntry:
    optional = {"producer", "vat_mention", "valid_to", "hour_class", "index", *_SCOPE}
    required = {"price_eur_per_kwh", "vat_rate", "valid_from"}
    read = read_object(value, subject, required=required, optional=optional)
    return PriceEntry(
        producer=_optional(read, "producer", subject, read_prm),
        price_micro_eur_per_kwh=read_micro_eur(read["price_eur_per_kwh"], f"price of {subject}"),
        vat_rate=read_decimal(read["vat_rate"], RATE_PATTERN, f"VAT rate of {subject}"),
        vat_mention=_optional(read, "vat_mention", subject, read_mention),
        valid_from=read_day(read["valid_from"], f"valid_from of {subject}"),
        valid_to=_optional(read, "valid_to", subject, read_day),
        scope=_parse_scope(read, subject),
        hour_class=_optional(read, "hour_class", subject, read_name),
        index=_optional(read, "index", subject, read_name),
    )


def _parse_fee(value: object, subject: str) -> FeeEntry:
    required = {"name", "producer", "eur_per_month", "vat_rate", "valid_from"}
    optional = {"vat_mention", "valid_to", "index", *_SCOPE}
    read = read_object(value, subject, required=required, optional=optional)
    return FeeEntry(
        name=read_name(read["name"], f"name of {subject}"),
        producer=read_prm(read["producer"], f"producer of {subject}"),
        micro_eur_per_month=read_micro_eur(read["eur_per_month"], f"eur_per_month of {subject}"),
        vat_rate=read_decimal(read["vat_rate"], RATE_PATTERN, f"VAT rate of {subject}"),
        vat_mention=_optional(read, "vat_mention", subject, read_mention),
        valid_from=read_day(read["valid_from"], f"valid_from of {subject}"),
        valid_to=_optional(read, "valid_to", subject, read_day),
        scope=_parse_scope(read, subject),
        index=_optional(read, "index", subject, read_name),
    )


def _parse_discount(value: object, subject: str) -> DiscountEntry:
    optional = {"producer", "percent", "eur_per_kwh", "valid_to", *_SCOPE}
    read = read_object(value, subject, required={"name", "valid_from"}, optional=optional)
    percent = read.get("percent")
    return DiscountEntry(
        name=read_name(read["name"], f"name of {subject}"),
        producer=_optional(read, "producer", subject, read_prm),
        percent=None
        if percent is None
        else read_decimal(percent, PERCENT_PATTERN, f"percentage of {subject}"),
        micro_eur_per_kwh=_optional(read, "eur_per_kwh", subject, read_micro_eur),
        valid_from=read_day(read["valid_from"], f"valid_from of {subject}"),
        valid_to=_optional(read, "valid_to", subject, read_day),
        scope=_parse_scope(read, subject),
    )


def _parse_group(value: object, subject: str) -> MemberGroup:
    optional = {"social", "consumers", "members"}
    read = read_object(value, subject, required={"name"}, optional=optional)
    consumers = read_list(read.get("consumers") or [], f"The consumers of {subject}")
    members = read_list(read.get("members") or [], f"The members of {subject}")
    return MemberGroup(
        name=read_name(read["name"], f"name of {subject}"),
        social=read_flag(read.get("social", False), f"social of {subject}"),
        consumers=frozenset(read_prm(prm, f"consumer of {subject}") for prm in consumers),
        members=frozenset(
            read_member_id(member_id, f"member of {subject}") for member_id in members
        ),
    )


def _parse_index(value: object, subject: str) -> PriceIndex:
    read = read_object(value, subject, required={"name", "coefficients"}, optional=set())
    coefficient_name = f"a coefficient of {subject}"
    fields = {"valid_from", "coefficient"}
    coefficients = [
        read_object(coefficient, coefficient_name, required=fields, optional=set())
        for coefficient in read_list(read["coefficients"], f"The coefficients of {subject}")
    ]
    return PriceIndex(
        name=read_name(read["name"], f"name of {subject}"),
        coefficients=tuple(
            Coefficient(
                read_day(coefficient["valid_from"], f"valid_from of {coefficient_name}"),
                read_decimal(
                    coefficient["coefficient"], COEFFICIENT_PATTERN, f"value of {coefficient_name}"
                ),
            )
            for coefficient in coefficients
        ),
    )


def _parse_scope(read: Mapping[str, Any], subject: str) -> BuyerScope:
    return BuyerScope(
        consumer=_optional(read, "consumer", subject, read_prm),
        group=_optional(read, "group", subject, read_name),
    )


def _parse_unknown_hours(value: object) -> UnknownHours:
    if value is None:
        return UnknownHours.REFUSE
    if not isinstance(value, str) or value not in list(UnknownHours):
        raise PriceListMalformed(
            f"unknown_hours is {shortened(value)}: not one of {', '.join(UnknownHours)}."
        )
    return UnknownHours(value)


def _optional(
    read: Mapping[str, Any], name: str, subject: str, reader: Callable[[object, str], _Read]
) -> _Read | None:
    """A field that may be null or absent."""
    value = read.get(name)
    return None if value is None else reader(value, f"{name} of {subject}")

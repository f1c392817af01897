"""Reading hour classes: windows as in the schedules of priority keys, or the DSO's classes."""

import re
from reprlib import repr as shortened

from libs.common.day_kinds import DayKind
from services.billing.domain.prices.price_list.fields import read_list, read_name, read_object
from services.billing.domain.prices.price_list.hour_classes import HourClass, HourSpan, HourWindow
from services.billing.domain.prices.price_list.problems import PriceListInvalid, PriceListMalformed
from services.billing.domain.prices.price_list.tariff_classes import TariffClass

MAX_CLASSES = 12
MAX_WINDOWS = 24

_CLOCK = r"([01]\d|2[0-3]):([03]0)"
_CONDITIONS = {"months", "days", "hours"}
_MONTHS = range(1, 13)


def parse_hour_class(value: object, subject: str) -> HourClass:
    read = read_object(value, subject, required={"name"}, optional={"windows", "tariff_classes"})
    windows = read_list(read.get("windows") or [], f"The windows of {subject}")
    if len(windows) > MAX_WINDOWS:
        raise PriceListInvalid(f"{subject} has {len(windows)} windows: {MAX_WINDOWS} at most.")
    tariff_classes = read_list(read.get("tariff_classes") or [], f"The tariff_classes of {subject}")
    return HourClass(
        name=read_name(read["name"], f"name of {subject}"),
        windows=tuple(
            _parse_window(window, f"window {i} of {subject}") for i, window in enumerate(windows, 1)
        ),
        tariff_classes=tuple(_parse_tariff_class(name, subject) for name in tariff_classes),
    )


def _parse_tariff_class(value: object, subject: str) -> TariffClass:
    if not isinstance(value, str) or value not in list(TariffClass):
        raise PriceListMalformed(
            f"A tariff class of {subject} is {shortened(value)}: not one of"
            f" {', '.join(TariffClass)}."
        )
    return TariffClass(value)


def _parse_window(value: object, subject: str) -> HourWindow:
    read = read_object(value, subject, required=set(), optional=_CONDITIONS)
    lists = {
        name: read_list(read.get(name) or [], f"The {name} of {subject}") for name in _CONDITIONS
    }
    if not any(lists.values()):
        raise PriceListInvalid(
            f"{subject} has no months, days or hours, so it would cover everything: add some."
        )
    return HourWindow(
        months=tuple(_parse_month(month, subject) for month in lists["months"]),
        days=tuple(_parse_day(day, subject) for day in lists["days"]),
        hours=tuple(_parse_hours(hours, subject) for hours in lists["hours"]),
    )


def _parse_month(value: object, subject: str) -> int:
    # JSON's true is one of Python's integers.
    if not isinstance(value, int) or isinstance(value, bool) or value not in _MONTHS:
        raise PriceListMalformed(f"A month of {subject} is {shortened(value)}: not 1 to 12.")
    return value


def _parse_day(value: object, subject: str) -> DayKind:
    if not isinstance(value, str) or value not in list(DayKind):
        raise PriceListMalformed(
            f"A day of {subject} is {shortened(value)}: not one of {', '.join(DayKind)}."
        )
    return DayKind(value)


def _parse_hours(value: object, subject: str) -> HourSpan:
    match value:
        case [str() as start, str() as end]:
            first = re.fullmatch(_CLOCK, start, re.ASCII)
            last = re.fullmatch(rf"{_CLOCK}|(24):(00)", end, re.ASCII)
            if first and last and start != end:
                # An end of 00:00 means 24:00.
                return HourSpan(_half_hour(first), _half_hour(last) or 48)
    raise PriceListMalformed(
        f"Hours of {subject} are {shortened(value)}: write two different times on half-hours, such"
        ' as ["22:00", "06:30"]; the second may be 24:00.'
    )


def _half_hour(time: re.Match[str]) -> int:
    hours, minutes = (int(digits) for digits in time.groups() if digits is not None)
    return hours * 2 + minutes // 30

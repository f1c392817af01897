"""Powers as the DSO writes them: text in W or kW, read to whole watts."""

import re
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

import polars as pl

from services.ingest.domain.readings.readings import MAX_POWER_W
from services.ingest.domain.refusals import RefusalCode

_LONGEST_CHARS = 100  # longer texts are no numbers, see _watts, which caches what it reads


class PowerFault(StrEnum):
    """The reason why a value is not a power, in words for the sender."""

    NOT_A_NUMBER = "the value is not a number: send a power in whole watts, or nothing if missing"
    NEGATIVE = "the value is negative: send each direction as its own curve, both positive"
    FRACTION = "the value is not in whole watts: send it as the meter recorded it"
    TOO_LARGE = "the value is above 1,000,000,000 W: check its unit"

    @property
    def code(self) -> RefusalCode:
        return {
            PowerFault.NOT_A_NUMBER: RefusalCode.VALUE_NOT_A_NUMBER,
            PowerFault.NEGATIVE: RefusalCode.VALUE_NEGATIVE,
            PowerFault.FRACTION: RefusalCode.VALUE_NOT_WHOLE,
            PowerFault.TOO_LARGE: RefusalCode.VALUE_TOO_LARGE,
        }[self]


def read_power(values: pl.Series, units_w: pl.Series) -> pl.Series:
    """Read whole watts; null where the text is empty or faulty (``power_fault`` says why).

    values: str, stripped. units_w: i64, watts in one unit, null if unknown; same length.
    """
    whole_numbers = values.cast(pl.Int64, strict=False)
    power_w = whole_numbers.set(~whole_numbers.is_between(0, MAX_POWER_W), None) * units_w
    power_w = power_w.set(power_w > MAX_POWER_W, None)
    unread = (power_w.is_null() & (values != "") & units_w.is_not_null()).arg_true()
    if unread.is_empty():
        return power_w
    texts = values.gather(unread).str.head(_LONGEST_CHARS)
    pairs = zip(texts, units_w.gather(unread), strict=True)
    exact = [watts if isinstance(watts := _watts(*pair), int) else None for pair in pairs]
    return power_w.scatter(unread, pl.Series(exact, dtype=pl.Int64))


def power_fault(text: str, unit_w: int) -> PowerFault | None:
    watts = _watts(text[:_LONGEST_CHARS], unit_w)
    return watts if isinstance(watts, PowerFault) else None


@lru_cache(maxsize=100_000)
def _watts(text: str, unit_w: int) -> int | PowerFault:
    """Read exactly: ``478.0`` and ``0,478`` kW are 478 W; ``478.5`` W is a fault, not 478."""
    match = re.fullmatch(r"([+-]?)(\d{1,40})(?:[.,](\d{0,40}))?", text, re.ASCII)
    if not match:
        return PowerFault.NOT_A_NUMBER
    sign, digits, decimals = match[1], match[2], match[3] or ""
    watts = Fraction(int(digits + decimals) * unit_w, 10 ** len(decimals))
    if sign == "-" and watts:
        return PowerFault.NEGATIVE
    if watts > MAX_POWER_W:
        return PowerFault.TOO_LARGE
    return int(watts) if watts.denominator == 1 else PowerFault.FRACTION

"""Shares as exact billionths: decimal text with at most nine decimals, never a float."""

import re
from collections.abc import Mapping
from decimal import Decimal
from reprlib import repr as shortened

from libs.common.ids import Prm
from services.allocation.domain.keys.problems import KeyInvalid, KeyMalformed

DECIMALS = 9
ONE = 10**DECIMALS

SHARE_PATTERN = rf"-?\d{{1,9}}(\.\d{{1,{DECIMALS}}})?"


def parse_fraction(text: object, what: str) -> Decimal:
    """Read ``"0.25"``; the key checks the range. Raises KeyMalformed."""
    if not isinstance(text, str) or not re.fullmatch(SHARE_PATTERN, text, re.ASCII):
        raise KeyMalformed(
            f'The {what} is {shortened(text)}: write a decimal text such as "0.25", '
            f"with at most {DECIMALS} decimals."
        )
    return Decimal(text)


def billionths(share: Decimal, what: str) -> int:
    """Return billionths. Raises KeyInvalid unless 0 ≤ share ≤ 1 with at most nine decimals."""
    if not 0 <= share <= 1:
        raise KeyInvalid(f"The {what} is {share:f}, it must lie between 0 and 1.")
    return scaled(share, what)


def scaled(value: Decimal, what: str) -> int:
    """Return billionths. Raises KeyInvalid when the value has more than nine decimals."""
    billionths_of_value = int(value * ONE)
    if Decimal(billionths_of_value) / ONE != value:
        raise KeyInvalid(f"The {what} is {value:f}, with more than {DECIMALS} decimals.")
    return billionths_of_value


def check_total(shares: Mapping[Prm, int], what: str) -> None:
    """Raise KeyInvalid when shares, in billionths, add up to more than 1 (D315-4)."""
    total = sum(shares.values())
    if total > ONE:
        raise KeyInvalid(
            f"{what} add up to {Decimal(total) / ONE:f}, more than 1: "
            f"take {Decimal(total - ONE) / ONE:f} off in all."
        )

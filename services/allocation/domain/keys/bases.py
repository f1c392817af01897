"""The basis of a day without its key, where coefficients are set before the month."""

from dataclasses import dataclass
from enum import StrEnum


class CoefficientBasis(StrEnum):
    DEPOSIT = "deposit"  # that of its month
    LAST_DEPOSIT = "last_deposit"  # for want of one, that of an earlier month
    DEFAULT_KEY = "default_key"  # for want of one, the DSO's own rule


@dataclass(frozen=True)
class DayBasis:
    """month, number: of the deposit, where it is one."""

    basis: CoefficientBasis
    month: str | None = None
    number: int | None = None

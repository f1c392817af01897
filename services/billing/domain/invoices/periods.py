"""The period of an invoice: a month, or a quarter of three months."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from libs.common.calendar import Month
from libs.common.errors import Problem

_MONTHS_IN_QUARTER = 3


class PeriodMalformed(Problem):
    status, slug, title = 422, "period-malformed", "A period is written YYYY-MM or YYYY-Qn"
    example_detail = "'2026-Q5' is neither a month such as 2026-10 nor a quarter such as 2026-Q4."


@dataclass(frozen=True, order=True)
class BillingPeriod:
    """Consecutive whole months of one quarter."""

    months: tuple[Month, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026-10`` or ``2026-Q4``. Raises PeriodMalformed."""
        match = re.fullmatch(r"(2[01]\d\d)-(?:Q([1-4])|(0[1-9]|1[0-2]))", text, re.ASCII)
        if match is None:
            raise PeriodMalformed(
                f"{text[:20]!r} is neither a month such as 2026-10 nor a quarter such as 2026-Q4."
            )
        if match[2] is None:
            return cls((Month.parse(text),))
        return cls.quarter_of(Month(int(match[1]), int(match[2]) * _MONTHS_IN_QUARTER))

    @classmethod
    def of(cls, month: Month) -> Self:
        return cls((month,))

    @classmethod
    def quarter_of(cls, month: Month) -> Self:
        first = month.month - (month.month - 1) % _MONTHS_IN_QUARTER
        return cls(tuple(Month(month.year, first + i) for i in range(_MONTHS_IN_QUARTER)))

    @classmethod
    def around(cls, months: Iterable[Month]) -> Self:
        """The month, or the quarter of these months."""
        distinct = sorted(set(months))
        return cls.of(distinct[0]) if len(distinct) == 1 else cls.quarter_of(distinct[0])

    @property
    def first_day(self) -> date:
        return self.months[0].first_day

    @property
    def end(self) -> date:
        """The day after its last day."""
        return self.months[-1].next_first_day

    def __str__(self) -> str:
        if len(self.months) == 1:
            return str(self.months[0])
        return f"{self.months[0].year:04}-Q{self.months[-1].month // _MONTHS_IN_QUARTER}"


@dataclass(frozen=True)
class EarlierPeriod:
    """A seller's bill to a customer for ``[period_from, period_to)``, less credit notes."""

    period_from: date
    period_to: date
    energy_wmin: int
    total_incl_vat_cents: int


def months_between(first_day: date, end: date) -> list[Month]:
    """The months of the days in [first_day, end), in order."""
    months = [Month.of(first_day)]
    while months[-1].next_first_day < end:
        months.append(Month.of(months[-1].next_first_day))
    return months

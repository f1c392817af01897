"""The periods by which sales to households are reported: ten days, one month or two."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from libs.common.calendar import Month
from libs.common.errors import Problem
from services.billing.domain.reference.e_invoicing import fact_on, first_fact
from services.billing.domain.taxes.issuers import IssuerProfile, VatRegime

_PATTERN = re.compile(r"(?P<month>2[01]\d\d-(?:0[1-9]|1[0-2]))(?P<suffix>-[123]|-two)?", re.ASCII)
_DAYS_IN_PART = 10


class ReportPeriodMalformed(Problem):
    status, slug, title = 422, "report-period-malformed", "This is no period of e-reporting"
    example_detail = (
        "'2027-Q3' is neither a month (2027-09), nor its first, second or third ten days"
        " (2027-09-1), nor two months (2027-09-two, from an odd month on)."
    )


class Frequency(StrEnum):
    TEN_DAYS = "ten-days"
    MONTH = "month"
    TWO_MONTHS = "two-months"


@dataclass(frozen=True)
class ReportPeriod:
    """Local days [first_day, end)."""

    frequency: Frequency
    first_day: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2027-09``, ``2027-09-2`` or ``2027-09-two``. Raises ReportPeriodMalformed."""
        match = _PATTERN.fullmatch(text)
        month = Month.parse(match["month"]) if match else None
        suffix = match["suffix"] if match else None
        if month is None or (suffix == "-two" and month.month % 2 == 0):
            raise ReportPeriodMalformed(
                f"{text[:20]!r} is neither a month (2027-09), nor its first, second or third ten"
                " days (2027-09-1), nor two months (2027-09-two, from an odd month on)."
            )
        if suffix is None:
            return cls(Frequency.MONTH, month.first_day, month.next_first_day)
        if suffix == "-two":
            return cls(
                Frequency.TWO_MONTHS, month.first_day, Month.of(month.next_first_day).next_first_day
            )
        number = int(suffix[1:])
        first = month.first_day + timedelta(days=_DAYS_IN_PART * (number - 1))
        last_part = number == 3  # noqa: PLR2004 - the rest of the month, however long
        end = month.next_first_day if last_part else first + timedelta(days=_DAYS_IN_PART)
        return cls(Frequency.TEN_DAYS, first, end)

    @classmethod
    def around(cls, day: date, frequency: Frequency) -> Self:
        """The period of this frequency that contains a day."""
        month = Month.of(day)
        match frequency:
            case Frequency.TEN_DAYS:
                return cls.parse(f"{month}-{min((day.day - 1) // _DAYS_IN_PART, 2) + 1}")
            case Frequency.TWO_MONTHS:
                return cls.parse(f"{Month(month.year, month.month - (1 - month.month % 2))}-two")
            case Frequency.MONTH:
                return cls.parse(str(month))

    def __str__(self) -> str:
        month = Month.of(self.first_day)
        match self.frequency:
            case Frequency.TEN_DAYS:
                return f"{month}-{(self.first_day.day - 1) // _DAYS_IN_PART + 1}"
            case Frequency.TWO_MONTHS:
                return f"{month}-two"
            case Frequency.MONTH:
                return str(month)


def frequency_of(profile: IssuerProfile | None, day: date) -> tuple[Frequency, bool]:
    """Return a seller's frequency of reports by its profile, and whether it is certain.

    By month if it has not stated how it declares VAT.
    """
    if profile is None:
        return Frequency.MONTH, False
    if profile.vat_regime is VatRegime.FRANCHISE:
        code = "frequency/franchise"
    elif profile.vat_returns is None:
        return Frequency.MONTH, False
    else:
        code = f"frequency/{profile.vat_regime}/{profile.vat_returns}"
    # Before the reform, use its future value: reports can be viewed before they are due.
    fact = fact_on(day, code) or first_fact(code)
    assert fact is not None
    holds = fact.end is None or day < fact.end
    return Frequency(fact.value), fact.is_certain and holds

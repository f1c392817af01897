"""Months, days, years and instants in paths, queries and bodies: of the years 2000 to 2199."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, Field

from libs.common.calendar import YEARS, Month

_FIRST_DAY = date(YEARS.start, 1, 1)
_END_DAY = date(YEARS.stop, 1, 1)


async def _month_of_path(month: str) -> Month:
    return Month.parse(month)


async def _month_of_query(month: Annotated[str, Query(examples=["2026-10"])]) -> Month:
    return Month.parse(month)


async def _month_if_any(month: str | None = None) -> Month | None:
    return None if month is None else Month.parse(month)


def _in_our_years(instant: datetime) -> datetime:
    # As it was written first: what is near year 1 or 9999 may have no UTC.
    if instant.year not in YEARS or instant.astimezone(UTC).year not in YEARS:
        raise ValueError(f"not in the years {YEARS.start} to {YEARS.stop - 1}, in UTC")
    return instant.astimezone(UTC)


MonthInPath = Annotated[Month, Depends(_month_of_path)]
"""Raises MonthMalformed, as the two others do."""
MonthInQuery = Annotated[Month, Depends(_month_of_query)]
OptionalMonthInQuery = Annotated[Month | None, Depends(_month_if_any)]

DayField = Annotated[date, Field(ge=_FIRST_DAY, lt=_END_DAY, description="local day, Europe/Paris")]
YearField = Annotated[int, Field(ge=YEARS.start, lt=YEARS.stop)]
InstantField = Annotated[AwareDatetime, AfterValidator(_in_our_years)]
"""With any offset; UTC once it is parsed."""

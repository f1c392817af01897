"""Until when an operation may change what a month is shared by."""

from collections.abc import Sequence
from datetime import date, timedelta

from libs.common.calendar import Month
from services.allocation.domain.coefficient_regimes.regimes import (
    MAX_DEPOSIT_DAYS,
    RegimeChoice,
    regime_of,
)


def first_month_in_time(
    before: Sequence[RegimeChoice], after: Sequence[RegimeChoice], month: Month, today: date
) -> Month:
    """Return the month, or the first one after all that the choice changes too late.

    before, after: the choices without it and with it.
    """
    last = Month.of(today + timedelta(days=MAX_DEPOSIT_DAYS + 1))
    first_in_time = candidate = month
    while candidate <= last:
        following = candidate.earlier(-1)
        if _is_too_late(before, after, candidate, today):
            first_in_time = following
        candidate = following
    return first_in_time


def _is_too_late(
    before: Sequence[RegimeChoice], after: Sequence[RegimeChoice], month: Month, today: date
) -> bool:
    """Return whether another rule would share a month that has begun, or was closed to deposits.

    Otherwise it could be chosen after the readings, or a deposit that the DSO never took could
    replace the one that it has.
    """
    earlier, later = regime_of(before, month), regime_of(after, month)
    is_same = (earlier.sharing, earlier.last_day) == (later.sharing, later.last_day)
    return today > earlier.last_day and not is_same

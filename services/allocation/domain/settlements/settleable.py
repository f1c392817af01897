"""The conditions on which a month may be settled from our own shares."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from libs.common.calendar import Month
from libs.common.errors import Problem
from services.allocation.domain.days import DayStatus, MonthDay


class DaysWaiting(Problem):
    status, slug, title = 409, "days-waiting", "Some days are about to be allocated"
    example_detail = "1 day of 2026-10 will be allocated in a moment: try again."
    example_facts: ClassVar = {"days": ["2026-10-12"]}


class DaysIncomplete(Problem):
    status, slug, title = 409, "days-incomplete", "Some days are not allocated"
    example_detail = "1 day of 2026-10 cannot be settled: `days` says what is missing."
    example_facts: ClassVar = {
        "days": [
            {
                "day": "2026-10-12",
                "status": "incomplete",
                "missing": [{"prm": "99110000000101", "direction": "consumption", "steps": 4}],
            }
        ]
    }


class MonthPurged(Problem):
    status, slug, title = 409, "month-purged", "The month is too old to be settled again"
    example_detail = "The curves of 2023-10 are no longer kept; its settlements stay as they are."


class NothingToSettle(Problem):
    status, slug, title = 409, "nothing-to-settle", "Nobody takes part in that month"
    example_detail = "No point takes part in the operation in 2026-10."


def check_settleable(month: Month, days: Sequence[MonthDay]) -> None:
    """Raise unless every day with a participation is allocated; an operation may begin mid-month.

    Raises NothingToSettle, DaysWaiting (worth trying again soon) or DaysIncomplete with the gaps.
    """
    if not days:
        raise NothingToSettle(f"No point takes part in the operation in {month}.")
    check_not_waiting(month, days)
    gaps = [day for day in days if day.status != DayStatus.ALLOCATED]
    if gaps:
        raise DaysIncomplete(
            f"{_count_days(gaps)} of {month} cannot be settled: `days` says what is missing.",
            days=[_describe(day) for day in gaps],
        )


def check_not_waiting(month: Month, days: Sequence[MonthDay]) -> None:
    """Raise DaysWaiting, which is worth trying again soon."""
    if waiting := [day.day for day in days if day.status == DayStatus.WAITING]:
        raise DaysWaiting(
            f"{_count_days(waiting)} of {month} will be allocated in a moment: try again.",
            days=[day.isoformat() for day in waiting],
        )


def _count_days(days: Sequence[date | MonthDay]) -> str:
    return "1 day" if len(days) == 1 else f"{len(days)} days"


def _describe(day: MonthDay) -> dict[str, object]:
    missing = [
        {"prm": gap.prm, "direction": gap.direction, "steps": gap.steps} for gap in day.missing
    ]
    failure = {"failure": day.failure} if day.failure else {}
    key_gaps = {"key_missing_steps": day.key_missing_steps} if day.key_missing_steps else {}
    return {
        "day": day.day.isoformat(),
        "status": day.status,
        "missing": missing,
        **key_gaps,
        **failure,
    }

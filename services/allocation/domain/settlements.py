"""The settlement of an operation-month: when it may be closed, and what it freezes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId, Prm
from services.allocation.domain.days import DayStatus, MonthDay, PointTotal


class SettlementStatus(StrEnum):
    PROVISIONAL = "provisional"  # computed here
    DEFINITIVE = "definitive"  # the network operator's own split


class DaysWaiting(Problem):
    status, slug, title = 409, "days-waiting", "Some days are about to be allocated"


class DaysIncomplete(Problem):
    status, slug, title = 409, "days-incomplete", "Some days are not allocated"


class NothingToSettle(Problem):
    status, slug, title = 409, "nothing-to-settle", "Nobody takes part in that month"


@dataclass(frozen=True)
class SettledPair:
    """What a producer gave a consumer: one energy per day of the month."""

    producer: Prm
    consumer: Prm
    energy_wmin: list[int]


@dataclass(frozen=True)
class Settlement:
    """The frozen content; pairs and points in prm order.

    The revisions of the days are kept beside it, not in it: they tell how often we computed, and
    the same energies are the same settlement however they were arrived at.
    """

    operation_id: OperationId
    month: Month
    status: SettlementStatus
    pairs: Sequence[SettledPair]
    points: Sequence[PointTotal]

    @property
    def canonical(self) -> str:
        content = {
            "operation_id": self.operation_id,
            "month": str(self.month),
            "status": self.status,
            "pairs": [asdict(pair) for pair in self.pairs],
            "points": [asdict(point) for point in self.points],
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"))


def hash_content(canonical: str) -> str:
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_settleable(month: Month, days: Sequence[MonthDay]) -> None:
    """Every day with a participation must be allocated; an operation may begin in mid-month.

    Raises NothingToSettle, DaysWaiting (worth trying again soon) or DaysIncomplete with the gaps.
    """
    if not days:
        raise NothingToSettle(f"No point takes part in the operation in {month}.")
    check_not_waiting(month, days)
    gaps = [one for one in days if one.status != DayStatus.ALLOCATED]
    if gaps:
        raise DaysIncomplete(
            f"{_count_days(gaps)} of {month} cannot be settled: `days` says what is missing.",
            days=[_describe(one) for one in gaps],
        )


def check_not_waiting(month: Month, days: Sequence[MonthDay]) -> None:
    """Raises DaysWaiting, which is worth trying again soon."""
    if waiting := [one.day for one in days if one.status == DayStatus.WAITING]:
        raise DaysWaiting(
            f"{_count_days(waiting)} of {month} will be allocated in a moment: try again.",
            days=[day.isoformat() for day in waiting],
        )


def _count_days(days: Sequence[date | MonthDay]) -> str:
    return "1 day" if len(days) == 1 else f"{len(days)} days"


def _describe(one: MonthDay) -> dict[str, object]:
    missing = [
        {"prm": gap.prm, "direction": gap.direction, "steps": gap.steps} for gap in one.missing
    ]
    failure = {"failure": one.failure} if one.failure else {}
    silent = {"key_missing_steps": one.key_missing_steps} if one.key_missing_steps else {}
    return {
        "day": one.day.isoformat(),
        "status": one.status,
        "missing": missing,
        **silent,
        **failure,
    }

"""The days that an issued document bills, and those that it frees."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from libs.common.errors import Problem
from libs.common.ids import Prm
from services.billing.domain.corrections.standing import billed_days
from services.billing.domain.invoices.invoices import Invoice

Pair = tuple[Prm, Prm]


class BilledTwice(Problem):
    status, slug, title = 409, "billed-twice", "These days are billed already"
    example_detail = (
        "Some of these days are billed for these points by F2026-00001: issue its credit note in"
        " the same request."
    )
    example_facts: ClassVar = {"numbers": ["F2026-00001"]}


@dataclass(frozen=True)
class DayClaims:
    """Days by producer and consumer."""

    freed: Mapping[Pair, set[date]] = field(default_factory=dict)
    billed: Mapping[Pair, set[date]] = field(default_factory=dict)


class BilledDays:
    """Energy that one seller billed to one buyer, by day, as documents are issued one by one."""

    def __init__(self, issued: Iterable[Invoice]) -> None:
        self._billed_wmin = Counter(billed_days(issued))

    def post(self, document: Invoice) -> DayClaims:
        """Add a document, and return the days that it bills and frees.

        A new line bills its days. A correcting line bills or frees the days whose sum changes
        sign. A day with negative energy, a correction, is given back and not billed.
        """
        new_wmin: Counter[tuple[Prm, Prm, date]] = Counter()
        for line in document.lines:
            if line.corrects is None:
                for day, energy_wmin in line.days_wmin.items():
                    new_wmin[line.producer, line.consumer, day] += energy_wmin
        freed: defaultdict[Pair, set[date]] = defaultdict(set)
        billed: defaultdict[Pair, set[date]] = defaultdict(set)
        for key, change_wmin in billed_days([document]).items():
            before_wmin = self._billed_wmin[key]
            after_wmin = self._billed_wmin[key] = before_wmin + change_wmin
            producer, consumer, day = key
            if after_wmin > 0 and (before_wmin <= 0 or new_wmin[key] > 0):
                billed[producer, consumer].add(day)
            elif before_wmin > 0 >= after_wmin:
                freed[producer, consumer].add(day)
        return DayClaims(freed, billed)


def runs_of_days(days: Iterable[date]) -> list[tuple[date, date]]:
    """Group consecutive days into half-open ranges."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        next_day = day + timedelta(days=1)
        if runs and runs[-1][1] == day:
            runs[-1] = (runs[-1][0], next_day)
        else:
            runs.append((day, next_day))
    return runs

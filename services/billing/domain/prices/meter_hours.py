"""The off-peak hours of a consuming point's meter, from a local day on."""

from collections import Counter
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import ClassVar

from libs.common.errors import Problem
from services.billing.domain.prices.price_list import HourSpan
from services.billing.domain.prices.price_list.hour_classes import HALF_HOURS
from services.billing.domain.prices.sales import Participation
from services.billing.domain.versions import in_force


class OffPeakHoursInvalid(Problem):
    status, slug, title = 409, "off-peak-hours-invalid", "The off-peak hours contradict themselves"
    example_detail = "Two entries begin on 2026-11-01: keep one of them."
    example_facts: ClassVar = {"day": "2026-11-01"}


@dataclass(frozen=True)
class MeterHours:
    """A meter's off-peak hours from a day on, until the next entry; none: one class all day."""

    valid_from: date
    off_peak: tuple[HourSpan, ...]

    @cached_property
    def half_hours(self) -> AbstractSet[int]:
        return frozenset[int]().union(*(hours.covered for hours in self.off_peak))


MeterTimeline = tuple[MeterHours, ...]
"""Of one meter, in the order of their first days."""

NO_TIMELINE: MeterTimeline = ()


def timeline_of(entries: Sequence[MeterHours]) -> MeterTimeline:
    """Order them. Raises OffPeakHoursInvalid: two of one day, or hours that cover the whole day."""
    times = Counter(entry.valid_from for entry in entries)
    for entry in sorted(entries, key=lambda entry: entry.valid_from):
        if times[entry.valid_from] > 1:
            raise OffPeakHoursInvalid(
                f"Two entries begin on {entry.valid_from}: keep one of them.",
                day=entry.valid_from.isoformat(),
            )
        if len(entry.half_hours) == HALF_HOURS:
            raise OffPeakHoursInvalid(
                f"The off-peak hours from {entry.valid_from} cover the whole day: leave them out.",
                day=entry.valid_from.isoformat(),
            )
    return tuple(sorted(entries, key=lambda entry: entry.valid_from))


def while_held(timeline: MeterTimeline, stays: Collection[Participation]) -> MeterTimeline:
    """The entries that are in force on some day of these participations."""
    return tuple(
        entry
        for entry, following in zip_longest(timeline, timeline[1:])
        if any(
            (following is None or stay.valid_from < following.valid_from)
            and (stay.valid_to is None or entry.valid_from < stay.valid_to)
            for stay in stays
        )
    )


def off_peak_on(timeline: MeterTimeline, day: date) -> AbstractSet[int] | None:
    """The off-peak half-hours of the clock on a day; None where nobody has said."""
    entry = in_force(timeline, day)
    return None if entry is None else entry.half_hours

"""The months whose energy an operation gives: nothing of it is sold (ADR 55)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from libs.common.calendar import Month
from libs.common.errors import Problem


class GiftPeriodsInvalid(Problem):
    status, slug, title = 409, "gift-periods-invalid", "The periods of gifts contradict one another"
    example_detail = "Two periods have 2026-10: end the first one before."
    example_facts: ClassVar = {"month": "2026-10"}


class GiftsBilled(Problem):
    status, slug, title = 409, "gifts-billed", "Energy of these months is billed already"
    example_detail = "F2026-00012 bills energy of these months: credit it first."
    example_facts: ClassVar = {"numbers": ["F2026-00012"]}


@dataclass(frozen=True)
class GiftPeriod:
    """The whole months ``[first, end)``; end: None, as long as none is set."""

    first: Month
    end: Month | None

    def covers(self, month: Month) -> bool:
        return self.first <= month and (self.end is None or month < self.end)


def is_gift(periods: Iterable[GiftPeriod], month: Month) -> bool:
    return any(period.covers(month) for period in periods)


def in_order(periods: Iterable[GiftPeriod]) -> Sequence[GiftPeriod]:
    """The periods by their first months. Raises GiftPeriodsInvalid."""
    ordered = sorted(periods, key=lambda period: period.first)
    for period in ordered:
        if period.end is not None and period.end <= period.first:
            raise GiftPeriodsInvalid(
                f"A period that begins with {period.first} ends in a later month.",
                month=str(period.first),
            )
    for period, following in pairwise(ordered):
        if period.covers(following.first):
            raise GiftPeriodsInvalid(
                f"Two periods have {following.first}: end the first one before.",
                month=str(following.first),
            )
    return ordered

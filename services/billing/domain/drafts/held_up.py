"""Days that the allocation service cannot allocate, and so cannot settle."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from libs.common.ids import Direction, Prm
from services.billing.domain.drafts.blockers import Blocker, BlockerCode
from services.billing.domain.prices.pricing import in_words


@dataclass(frozen=True)
class MissingSteps:
    """The number of a point's steps without a reading on a day."""

    prm: Prm
    direction: Direction
    steps: int


@dataclass(frozen=True)
class HeldUpDay:
    """A day that cannot be allocated.

    missing: for some of its ``missing_points``. key_missing_steps: steps that the key omits.
    status: in the words of the allocation service.
    """

    day: date
    status: Literal["incomplete", "no_key", "key_incomplete", "failed"]
    missing_points: int
    missing: Sequence[MissingSteps]
    key_missing_steps: int


def why_held_up(days: Sequence[HeldUpDay]) -> Iterator[Blocker]:
    """The blockers of days that are held up. days: in order."""
    yield from _readings(day for day in days if day.status == "incomplete")
    for status, cause in (
        ("no_key", "no sharing key is in force"),
        ("key_incomplete", "the sharing key omits some steps"),
    ):
        if held_up := [day.day for day in days if day.status == status]:
            yield Blocker(BlockerCode.KEY_MISSING, f"On {in_words(held_up)}, {cause}.", {}, held_up)
    if held_up := [day.day for day in days if day.status == "failed"]:
        detail = f"The allocation of {in_words(held_up)} failed: staff are looking into it."
        yield Blocker(BlockerCode.ALLOCATION_FAILED, detail, {}, held_up)


def _readings(days: Iterable[HeldUpDay]) -> Iterator[Blocker]:
    """Blockers by point, and one for the days on which further points lack readings."""
    gaps: defaultdict[tuple[Prm, Direction], list[tuple[date, int]]] = defaultdict(list)
    unnamed = []
    for held_up in days:
        for gap in held_up.missing:
            gaps[gap.prm, gap.direction].append((held_up.day, gap.steps))
        if held_up.missing_points > len(held_up.missing):
            unnamed.append(held_up.day)
    for (prm, direction), missing in gaps.items():
        gap_days = [day for day, _ in missing]
        steps = sum(steps for _, steps in missing)
        yield Blocker(
            BlockerCode.READINGS_INCOMPLETE,
            f"{steps} readings of {prm} ({direction}) are missing on {in_words(gap_days)}.",
            {"prm": prm, "direction": direction},
            gap_days,
        )
    if unnamed:
        detail = f"On {in_words(unnamed)}, readings of more points are missing."
        yield Blocker(BlockerCode.READINGS_INCOMPLETE, detail, {}, unnamed)

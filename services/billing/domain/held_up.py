"""Days that the allocation service cannot allocate, and so cannot settle."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from libs.common.ids import Direction, Prm
from services.billing.domain.blockers import Blocker, BlockerCode
from services.billing.domain.pricing import in_words


@dataclass(frozen=True)
class MissingSteps:
    """How many steps of a point on a day have no reading."""

    prm: Prm
    direction: Direction
    steps: int


@dataclass(frozen=True)
class HeldUpDay:
    """missing: of some of its ``missing_points``. key_missing_steps: the key says nothing of them.

    status: as the allocation service names it.
    """

    day: date
    status: Literal["incomplete", "no_key", "key_incomplete", "failed"]
    missing_points: int
    missing: Sequence[MissingSteps]
    key_missing_steps: int


def why_held_up(days: Sequence[HeldUpDay]) -> Iterator[Blocker]:
    """days: in order."""
    yield from _readings(one for one in days if one.status == "incomplete")
    for status, what in (
        ("no_key", "no sharing key is in force"),
        ("key_incomplete", "the sharing key says nothing of some steps"),
    ):
        if found := [one.day for one in days if one.status == status]:
            yield Blocker(BlockerCode.KEY_MISSING, f"On {in_words(found)}, {what}.", {}, found)
    if found := [one.day for one in days if one.status == "failed"]:
        detail = f"The allocation of {in_words(found)} met an error: staff look into it."
        yield Blocker(BlockerCode.ALLOCATION_FAILED, detail, {}, found)


def _readings(days: Iterable[HeldUpDay]) -> Iterator[Blocker]:
    """By point; and those of days on which more are missing than are named."""
    of_points: defaultdict[tuple[Prm, Direction], list[tuple[date, int]]] = defaultdict(list)
    unnamed = []
    for one in days:
        for gap in one.missing:
            of_points[gap.prm, gap.direction].append((one.day, gap.steps))
        if one.missing_points > len(one.missing):
            unnamed.append(one.day)
    for (prm, direction), missing in of_points.items():
        found = [day for day, _ in missing]
        steps = sum(steps for _, steps in missing)
        yield Blocker(
            BlockerCode.READINGS_INCOMPLETE,
            f"{steps} readings of {prm} ({direction}) are missing on {in_words(found)}.",
            {"prm": prm, "direction": direction},
            found,
        )
    if unnamed:
        detail = f"On {in_words(unnamed)}, readings of more points are missing."
        yield Blocker(BlockerCode.READINGS_INCOMPLETE, detail, {}, unnamed)

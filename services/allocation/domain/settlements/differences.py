"""What a settlement changes of the one that it supersedes: by pair, by day, by half-hour."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.settlements.content import Settlement
from services.allocation.domain.settlements.inputs import Frozen, SettlementInputs
from services.allocation.domain.settlements.rebuild import (
    CLASSES,
    ClassesOfDay,
    Couple,
    classes_by_day,
)

_FIGURES_OF_DAY = 5
"""A day without classes is as long, written down, as about so many figures."""

ClassesByDay = Mapping[date, ClassesOfDay]
"""Of the days whose classes are known."""


@dataclass(frozen=True)
class DayChange:
    """by_half_hour_wmin: local half-hour → signed change, none of them 0, in order.

    unknown_hour_wmin: the change where either settlement does not know its steps. The day changes
    by the sum of both, and at most one of them is there.
    """

    day: date
    by_half_hour_wmin: Mapping[int, int]
    unknown_hour_wmin: int = 0

    @property
    def total_wmin(self) -> int:
        return sum(self.by_half_hour_wmin.values()) + self.unknown_hour_wmin

    @property
    def by_hour_wmin(self) -> dict[int, int]:
        """The same by local hour; those that come to 0 are left out."""
        by_hour: defaultdict[int, int] = defaultdict(int)
        for half_hour, energy_wmin in self.by_half_hour_wmin.items():
            by_hour[half_hour // 2] += energy_wmin
        return {hour: energy_wmin for hour, energy_wmin in by_hour.items() if energy_wmin}


@dataclass(frozen=True)
class PairChange:
    """What changes between a producer and a consumer: only the days on which something does."""

    producer: Prm
    consumer: Prm
    days: Sequence[DayChange]


@dataclass(frozen=True)
class Kept:
    """A settlement as it was closed."""

    settlement: Settlement
    inputs: SettlementInputs


def names_of_changes(before: Kept, after: Kept) -> set[str]:
    """The frozen inputs that ``compare`` needs: those of days that are not made of the same."""
    same = set(before.inputs.by_step.values()) & set(after.inputs.by_step.values())
    return (set(before.inputs.hashes) | set(after.inputs.hashes)) - same


def compare(before: Kept, after: Kept, frozen: Frozen) -> list[PairChange]:
    """What the one settlement changes of the other; see ``find_changes``."""
    return find_changes(
        before.settlement,
        after.settlement,
        classes_before=_classes_of_changed_days(before, after, frozen),
        classes_after=_classes_of_changed_days(after, before, frozen),
    )


def _classes_of_changed_days(one: Kept, other: Kept, frozen: Frozen) -> ClassesByDay:
    theirs = other.inputs.by_step
    # A day of the same inputs has the same shares, step by step. One whose inputs are lost or
    # damaged, which verification tells, has no classes.
    keys_kept = all(name in frozen for name in one.inputs.keys)
    changed = [
        day
        for day, name in one.inputs.by_step.items()
        if name != theirs.get(day) and name in frozen and keys_kept
    ]
    # On other days nobody took part: nothing was shared in any step.
    lived = one.inputs.days.keys() | one.inputs.dso_days.keys()
    nothing: ClassesByDay = {day: {} for day in one.settlement.month.days if day not in lived}
    if not changed:
        return nothing
    known = classes_by_day(one.settlement.operation_id, one.inputs, frozen, changed)
    return {**nothing, **known}


def find_changes(
    before: Settlement,
    after: Settlement,
    *,
    classes_before: ClassesByDay,
    classes_after: ClassesByDay,
) -> list[PairChange]:
    """In producer, consumer, day order; days and pairs without a change are left out.

    A day that both know by class of step is compared by class; where either does not, or where its
    classes do not add up to what was settled (another engine), the change has no class.
    """
    assert before.month == after.month
    old, new = _energies(before), _energies(after)
    nothing = [0] * len(after.month.days)
    changes = []
    for couple in sorted(old.keys() | new.keys()):
        energies = zip(
            after.month.days, old.get(couple, nothing), new.get(couple, nothing), strict=True
        )
        days = [
            change
            for day, old_wmin, new_wmin in energies
            if (
                change := _change(
                    day,
                    old_wmin,
                    new_wmin,
                    known_classes(classes_before, day, couple, old_wmin),
                    known_classes(classes_after, day, couple, new_wmin),
                )
            )
        ]
        if days:
            changes.append(PairChange(*couple, days))
    return changes


def _energies(settlement: Settlement) -> dict[Couple, list[int]]:
    return {(pair.producer, pair.consumer): pair.energy_wmin for pair in settlement.pairs}


def known_classes(
    classes: ClassesByDay, day: date, couple: Couple, energy_wmin: int
) -> Sequence[int] | None:
    """The energies of a pair by class; None where not known, or where their sum is not settled."""
    if day not in classes:
        return None
    of_couple = classes[day].get(couple, np.zeros(CLASSES, dtype=np.int64))
    return of_couple.tolist() if int(of_couple.sum()) == energy_wmin else None


def _change(
    day: date,
    old_wmin: int,
    new_wmin: int,
    old_classes: Sequence[int] | None,
    new_classes: Sequence[int] | None,
) -> DayChange | None:
    if old_classes is None or new_classes is None:
        return DayChange(day, {}, new_wmin - old_wmin) if new_wmin != old_wmin else None
    by_half_hour = {
        half_hour: new - old
        for half_hour, (old, new) in enumerate(zip(old_classes, new_classes, strict=True))
        if new != old
    }
    return DayChange(day, by_half_hour) if by_half_hour else None


def in_parts(changes: Sequence[PairChange], max_figures: int) -> Iterator[Sequence[PairChange]]:
    """Cut into parts of about so many figures, at least one part; no pair is cut."""
    part: list[PairChange] = []
    figures = 0
    for change in changes:
        of_pair = sum(_count_figures(day) for day in change.days)
        if part and figures + of_pair > max_figures:
            yield part
            part, figures = [], 0
        part.append(change)
        figures += of_pair
    yield part


def _count_figures(day: DayChange) -> int:
    return len(day.by_half_hour_wmin) + len(day.by_hour_wmin) + _FIGURES_OF_DAY

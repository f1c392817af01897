"""The changes of a settlement against the one that it supersedes: by pair, day, half-hour."""

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
"""A day without classes takes up about as much space as so many figures."""

ClassesByDay = Mapping[date, ClassesOfDay]
"""Of the days whose classes are known."""


@dataclass(frozen=True)
class DayChange:
    """by_half_hour_wmin: local half-hour → signed change, none of them 0, in order.

    unknown_hour_wmin: the change where either settlement does not know its steps. The day changes
    by the sum of both, of which at most one is present.
    """

    day: date
    by_half_hour_wmin: Mapping[int, int]
    unknown_hour_wmin: int = 0

    @property
    def total_wmin(self) -> int:
        return sum(self.by_half_hour_wmin.values()) + self.unknown_hour_wmin

    @property
    def by_hour_wmin(self) -> dict[int, int]:
        """The same by local hour; hours that change by 0 are left out."""
        wmin_by_hour: defaultdict[int, int] = defaultdict(int)
        for half_hour, energy_wmin in self.by_half_hour_wmin.items():
            wmin_by_hour[half_hour // 2] += energy_wmin
        return {hour: energy_wmin for hour, energy_wmin in wmin_by_hour.items() if energy_wmin}


@dataclass(frozen=True)
class PairChange:
    """The changes between a producer and a consumer, with only the days that change."""

    producer: Prm
    consumer: Prm
    days: Sequence[DayChange]


@dataclass(frozen=True)
class ClosedSettlement:
    """A settlement as it was closed."""

    settlement: Settlement
    inputs: SettlementInputs


def names_of_changes(before: ClosedSettlement, after: ClosedSettlement) -> set[str]:
    """Return the names of the inputs that ``compare`` needs: those of days with other inputs."""
    shared_names = set(before.inputs.by_step.values()) & set(after.inputs.by_step.values())
    return (set(before.inputs.hashes) | set(after.inputs.hashes)) - shared_names


def compare(before: ClosedSettlement, after: ClosedSettlement, frozen: Frozen) -> list[PairChange]:
    """Return the changes between two settlements; see ``find_changes``."""
    return find_changes(
        before.settlement,
        after.settlement,
        classes_before=_classes_of_changed_days(before, after, frozen),
        classes_after=_classes_of_changed_days(after, before, frozen),
    )


def _classes_of_changed_days(
    kept: ClosedSettlement, other_kept: ClosedSettlement, frozen: Frozen
) -> ClassesByDay:
    other_names = other_kept.inputs.by_step
    # Equal inputs give equal shares, step by step. A day with lost or damaged inputs, which
    # verification reports, has no classes.
    keys_kept = all(name in frozen for name in kept.inputs.keys)
    changed = [
        day
        for day, name in kept.inputs.by_step.items()
        if name != other_names.get(day) and name in frozen and keys_kept
    ]
    # On other days nobody took part: nothing was shared in any step.
    days_with_participants = kept.inputs.days.keys() | kept.inputs.dso_days.keys()
    nothing: ClassesByDay = {
        day: {} for day in kept.settlement.month.days if day not in days_with_participants
    }
    if not changed:
        return nothing
    changed_classes = classes_by_day(kept.settlement.operation_id, kept.inputs, frozen, changed)
    return {**nothing, **changed_classes}


def find_changes(
    before: Settlement,
    after: Settlement,
    *,
    classes_before: ClassesByDay,
    classes_after: ClassesByDay,
) -> list[PairChange]:
    """Return the changes in producer, consumer, day order; unchanged days and pairs are left out.

    A day whose classes of step both know is compared by class. Where either does not, or its
    classes do not add up to the settled energy (another engine), the change has no class.
    """
    assert before.month == after.month
    energies_before, energies_after = _energies(before), _energies(after)
    nothing = [0] * len(after.month.days)
    changes = []
    for couple in sorted(energies_before.keys() | energies_after.keys()):
        energies = zip(
            after.month.days,
            energies_before.get(couple, nothing),
            energies_after.get(couple, nothing),
            strict=True,
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
    """Return a pair's energies by class; None if unknown, or if their sum is not the settled."""
    if day not in classes:
        return None
    couple_wmin = classes[day].get(couple, np.zeros(CLASSES, dtype=np.int64))
    return couple_wmin.tolist() if int(couple_wmin.sum()) == energy_wmin else None


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
    """Cut into batches of about so many figures, at least one batch; no pair is cut."""
    batch: list[PairChange] = []
    figures = 0
    for change in changes:
        pair_figures = sum(_count_figures(day) for day in change.days)
        if batch and figures + pair_figures > max_figures:
            yield batch
            batch, figures = [], 0
        batch.append(change)
        figures += pair_figures
    yield batch


def _count_figures(day: DayChange) -> int:
    return len(day.by_half_hour_wmin) + len(day.by_hour_wmin) + _FIGURES_OF_DAY

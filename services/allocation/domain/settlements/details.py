"""A settlement by local half-hour, for prices that change with the hour."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from libs.common.calendar import PARIS, step_starts
from libs.common.ids import Prm
from services.allocation.domain.settlements.content import Settlement
from services.allocation.domain.settlements.differences import ClassesByDay, known_classes
from services.allocation.domain.settlements.rebuild import CLASSES, ClassesOfDay, class_of_step
from services.allocation.domain.share_frames import StepShares

_FIGURES_OF_DAY = 2
"""A day without energy takes up about as much space as so many figures."""


@dataclass(frozen=True)
class DetailedPair:
    """One item per day of the month in both lists.

    first_half_hour: that of the day's first energy, None where half-hours are not known.
    energy_wmin: consecutive half-hours from there on; for an unknown day its energy alone.
    """

    producer: Prm
    consumer: Prm
    first_half_hour: Sequence[int | None]
    energy_wmin: Sequence[Sequence[int]]


def classes_of_shares(shares: Iterable[StepShares]) -> dict[date, ClassesOfDay]:
    """Return each day's energy from each producer to each consumer by local half-hour.

    shares: in the order of their days; all of one day in one step.
    """
    shares_by_day = groupby(shares, key=lambda share: share.day)
    return {day: _classes_of_day(day, list(day_shares)) for day, day_shares in shares_by_day}


def _classes_of_day(day: date, shares: Sequence[StepShares]) -> ClassesOfDay:
    step_min = shares[0].step_min
    assert all(share.step_min == step_min for share in shares)
    starts = [start.astimezone(PARIS) for start in step_starts(day, step_min)]
    is_in_class = np.zeros((len(starts), CLASSES), dtype=np.int64)
    is_in_class[np.arange(len(starts)), [class_of_step(start) for start in starts]] = 1
    energy_by_class = (
        np.array([share.energy_wmin for share in shares], dtype=np.int64) @ is_in_class
    )
    return {
        (share.producer, share.consumer): class_energies
        for share, class_energies in zip(shares, energy_by_class, strict=True)
    }


def detail_pairs(settlement: Settlement, classes: ClassesByDay) -> Iterator[DetailedPair]:
    """Yield the pairs of a settlement, in their order, by half-hour where that is known.

    Half-hours that do not add up to the settled energy (another engine) count as unknown.
    """
    for pair in settlement.pairs:
        couple = (pair.producer, pair.consumer)
        days = [
            _detail_day(energy_wmin, known_classes(classes, day, couple, energy_wmin))
            for day, energy_wmin in zip(settlement.month.days, pair.energy_wmin, strict=True)
        ]
        yield DetailedPair(*couple, [first for first, _ in days], [wmin for _, wmin in days])


def _detail_day(
    energy_wmin: int, by_class: Sequence[int] | None
) -> tuple[int | None, Sequence[int]]:
    if by_class is None:
        return None, [energy_wmin]
    half_hours_used = [half_hour for half_hour, wmin in enumerate(by_class) if wmin]
    return (
        (half_hours_used[0], by_class[half_hours_used[0] : half_hours_used[-1] + 1])
        if half_hours_used
        else (0, [])
    )


def details_in_parts(
    pairs: Iterable[DetailedPair], max_figures: int
) -> Iterator[list[DetailedPair]]:
    """Cut into batches of about so many figures, at least one batch; no pair is cut."""
    batch: list[DetailedPair] = []
    figures = 0
    for pair in pairs:
        pair_figures = sum(len(day) + _FIGURES_OF_DAY for day in pair.energy_wmin)
        if batch and figures + pair_figures > max_figures:
            yield batch
            batch, figures = [], 0
        batch.append(pair)
        figures += pair_figures
    yield batch

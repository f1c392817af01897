"""What a settlement says by local half-hour: for prices that change with the hour."""

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
"""A day without energy is as long, written down, as about so many figures."""


@dataclass(frozen=True)
class DetailedPair:
    """One item per day of the month in both lists.

    first_half_hour: that of the day's first energy, None where half-hours are not known.
    energy_wmin: consecutive half-hours from there on; of an unknown day its energy alone.
    """

    producer: Prm
    consumer: Prm
    first_half_hour: Sequence[int | None]
    energy_wmin: Sequence[Sequence[int]]


def classes_of_shares(shares: Iterable[StepShares]) -> dict[date, ClassesOfDay]:
    """By day, what each producer gave each consumer by local half-hour.

    shares: in the order of their days, those of a day of one step.
    """
    by_day = groupby(shares, key=lambda one: one.day)
    return {day: _classes_of_day(day, list(of_day)) for day, of_day in by_day}


def _classes_of_day(day: date, shares: Sequence[StepShares]) -> ClassesOfDay:
    step_min = shares[0].step_min
    assert all(one.step_min == step_min for one in shares)
    starts = [start.astimezone(PARIS) for start in step_starts(day, step_min)]
    is_in_class = np.zeros((len(starts), CLASSES), dtype=np.int64)
    is_in_class[np.arange(len(starts)), [class_of_step(start) for start in starts]] = 1
    by_class = np.array([one.energy_wmin for one in shares], dtype=np.int64) @ is_in_class
    return {
        (one.producer, one.consumer): of_pair for one, of_pair in zip(shares, by_class, strict=True)
    }


def detail_pairs(settlement: Settlement, classes: ClassesByDay) -> Iterator[DetailedPair]:
    """The pairs of a settlement, in their order, by half-hour where that is known.

    Where half-hours do not add up to what was settled (another engine), they are not known.
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
    used = [half_hour for half_hour, wmin in enumerate(by_class) if wmin]
    return (used[0], by_class[used[0] : used[-1] + 1]) if used else (0, [])


def details_in_parts(
    pairs: Iterable[DetailedPair], max_figures: int
) -> Iterator[list[DetailedPair]]:
    """Cut into parts of about so many figures, at least one part; no pair is cut."""
    part: list[DetailedPair] = []
    figures = 0
    for pair in pairs:
        of_pair = sum(len(day) + _FIGURES_OF_DAY for day in pair.energy_wmin)
        if part and figures + of_pair > max_figures:
            yield part
            part, figures = [], 0
        part.append(pair)
        figures += of_pair
    yield part

"""Whether the DSO has said enough to settle a month on its results, and in what grain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

import numpy as np

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Direction, Quantity
from services.allocation.domain.dso_results import QUANTITIES, DsoCurve, DsoDay, DsoMonth
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.perimeter import Participant

TakingPart = Mapping[date, Sequence[Participant]]
"""The participants of each day that has some."""


class DsoResultsIncomplete(Problem):
    status, slug, title = (
        409,
        "dso-results-incomplete",
        "The DSO's definitive results are not all here",
    )
    example_detail = (
        "1 of 31 days of 2026-10 lack definitive curves, and so does the month as a whole"
        " lack energies: `days` and `month_energies` say what."
    )
    example_facts: ClassVar = {
        "days": [{"day": "2026-10-12", "status": "not_definitive", "points": []}],
        "month_energies": {"status": "absent", "points": []},
    }


class Grain(StrEnum):
    """What a definitive settlement is made of."""

    STEP = "step"
    MONTH = "month"


@dataclass(frozen=True, eq=False)
class Told:
    """What the DSO says of a point, [step].

    precision_wmin: of ``shared_wmin``, per step; the sum of two where it is a difference.
    metered_precision_wmin: of ``metered_wmin``, idem.
    """

    metered_wmin: IntArray
    shared_wmin: IntArray
    precision_wmin: int
    metered_precision_wmin: int


@dataclass(frozen=True, eq=False)
class Figure:
    """One quantity of a point, [step]."""

    energy_wmin: IntArray
    precision_wmin: int


def read_told(direction: Direction, figures: Mapping[Quantity, Figure]) -> Told | None:
    """Two of the whole, its shared part and the rest say the third; None when fewer are there."""
    whole, part, rest = (figures.get(quantity) for quantity in _whole_part_rest(direction))
    if part is not None:
        if whole is not None:
            return Told(
                whole.energy_wmin, part.energy_wmin, part.precision_wmin, whole.precision_wmin
            )
        if rest is not None:
            metered_wmin = part.energy_wmin + rest.energy_wmin
            both = part.precision_wmin + rest.precision_wmin
            return Told(metered_wmin, part.energy_wmin, part.precision_wmin, both)
        return None
    if whole is None or rest is None:
        return None
    shared = np.maximum(whole.energy_wmin - rest.energy_wmin, 0)
    both = whole.precision_wmin + rest.precision_wmin
    return Told(whole.energy_wmin, shared, both, whole.precision_wmin)


def _whole_part_rest(direction: Direction) -> tuple[Quantity, Quantity, Quantity]:
    (whole, rest) = (one for one in QUANTITIES[direction] if one != Quantity.SELF_CONSUMED)
    return whole, Quantity.SELF_CONSUMED, rest


def figures_of_day(curves: Iterable[DsoCurve]) -> dict[Participant, dict[Quantity, DsoCurve]]:
    """The complete curves of each point."""
    figures: dict[Participant, dict[Quantity, DsoCurve]] = {}
    for curve in curves:
        if None not in curve.energy_wmin:
            of_point = figures.setdefault(Participant(curve.prm, curve.direction), {})
            of_point[curve.quantity] = curve
    return figures


def figures_of_month(result: DsoMonth) -> dict[Participant, dict[Quantity, Figure]]:
    """One step, the month; tariff classes are added up, and their precisions with them."""
    figures: dict[Participant, dict[Quantity, Figure]] = {}
    for energy in result.energies:
        of_point = figures.setdefault(Participant(energy.prm, energy.direction), {})
        before = of_point.get(energy.quantity, Figure(np.zeros(1, dtype=np.int64), 0))
        of_point[energy.quantity] = Figure(
            before.energy_wmin + energy.energy_wmin, before.precision_wmin + energy.precision_wmin
        )
    return figures


def choose_grain(
    month: Month,
    taking_part: TakingPart,
    days: Mapping[date, DsoDay],
    whole: DsoMonth | None,
) -> Grain:
    """Steps where every point has them on every day; else energies of the month.

    Raises DsoResultsIncomplete with what both lack.
    """
    lacking_days = _lacking_days(taking_part, days)
    if not lacking_days:
        return Grain.STEP
    lacking_month = _lacking_month(taking_part, whole)
    if lacking_month is None:
        return Grain.MONTH
    raise DsoResultsIncomplete(
        f"{len(lacking_days)} of {len(taking_part)} days of {month} lack definitive curves, and so"
        " does the month as a whole lack energies: `days` and `month_energies` say what.",
        days=lacking_days,
        month_energies=lacking_month,
    )


def _lacking_days(taking_part: TakingPart, days: Mapping[date, DsoDay]) -> list[dict[str, object]]:
    lacking = []
    for day, participants in taking_part.items():
        result = days.get(day)
        known = figures_of_day(result.curves) if result else {}
        told = {who for who, curves in known.items() if _is_enough(who, curves)}
        problem = _describe(result, [who for who in participants if who not in told])
        if problem is not None:
            lacking.append({"day": day.isoformat(), **problem})
    return lacking


def _lacking_month(taking_part: TakingPart, whole: DsoMonth | None) -> dict[str, object] | None:
    known = figures_of_month(whole) if whole else {}
    told = {who for who, figures in known.items() if _is_enough(who, figures)}
    everybody = {who for participants in taking_part.values() for who in participants}
    return _describe(whole, sorted(everybody - told))


def _is_enough(participant: Participant, figures: Mapping[Quantity, object]) -> bool:
    return len(set(figures) & set(QUANTITIES[participant.direction])) >= 2  # noqa: PLR2004 - any two


def _describe(
    result: DsoDay | DsoMonth | None, without: Sequence[Participant]
) -> dict[str, object] | None:
    if result is None:
        return {"status": "absent", "points": []}
    points = [{"prm": who.prm, "direction": who.direction} for who in without]
    if points:
        return {"status": "incomplete", "points": points}
    return None if result.definitive else {"status": "not_definitive", "points": []}

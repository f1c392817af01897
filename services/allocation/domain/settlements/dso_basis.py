"""Whether the DSO's results suffice to settle a month on them, and in what grain."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

import numpy as np

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Direction, Prm, Quantity
from services.allocation.domain.dso_results import QUANTITIES, DsoCurve, DsoDay, DsoMonth
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.perimeter import Participant

TakingPart = Mapping[date, Sequence[Participant]]
"""The participants of each day that has any."""


class DsoResultsIncomplete(Problem):
    status, slug, title = (
        409,
        "dso-results-incomplete",
        "The DSO's definitive results are not all here",
    )
    example_detail = (
        "1 of 31 days of 2026-10 lack definitive curves, and the month as a whole has"
        " lack energies: `days` and `month_energies` say what."
    )
    example_facts: ClassVar = {
        "days": [{"day": "2026-10-12", "status": "not_definitive", "points": []}],
        "month_energies": {"status": "absent", "points": []},
    }


class DsoGrain(StrEnum):
    """The grain of a definitive settlement."""

    STEP = "step"
    MONTH = "month"


@dataclass(frozen=True, eq=False)
class PointFigures:
    """The DSO's figures for a point, [step].

    precision_wmin: of ``shared_wmin``, per step; the sum of two where it is a difference.
    metered_precision_wmin: the same for ``metered_wmin``.
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


def complete_figures(
    direction: Direction, figures: Mapping[Quantity, Figure]
) -> PointFigures | None:
    """Return a point's figures: any two of total, shared and rest give the third; None if fewer."""
    total, shared, rest = (figures.get(quantity) for quantity in _total_shared_rest(direction))
    if shared is not None:
        if total is not None:
            return PointFigures(
                total.energy_wmin, shared.energy_wmin, shared.precision_wmin, total.precision_wmin
            )
        if rest is not None:
            metered_wmin = shared.energy_wmin + rest.energy_wmin
            precision_wmin = shared.precision_wmin + rest.precision_wmin
            return PointFigures(
                metered_wmin, shared.energy_wmin, shared.precision_wmin, precision_wmin
            )
        return None
    if total is None or rest is None:
        return None
    shared_wmin = np.maximum(total.energy_wmin - rest.energy_wmin, 0)
    precision_wmin = total.precision_wmin + rest.precision_wmin
    return PointFigures(total.energy_wmin, shared_wmin, precision_wmin, total.precision_wmin)


def shared_by_class(result: DsoMonth) -> dict[Prm, dict[str, int]]:
    """Return what consumers shared by tariff class, as ``complete_figures`` finds their totals."""
    energies: defaultdict[Prm, defaultdict[Quantity, dict[str, int]]]
    energies = defaultdict(lambda: defaultdict(dict))
    for energy in result.energies:
        if energy.direction is Direction.CONSUMPTION:
            energies[energy.prm][energy.quantity][energy.tariff_class] = energy.energy_wmin
    return {prm: _shared_classes(quantities) for prm, quantities in energies.items()}


def _shared_classes(quantities: Mapping[Quantity, Mapping[str, int]]) -> dict[str, int]:
    if shared := quantities.get(Quantity.SELF_CONSUMED):
        return dict(shared)
    total, rest = (
        quantities.get(quantity, {}) for quantity in (Quantity.CONSUMPTION, Quantity.COMPLEMENT)
    )
    return {name: max(energy_wmin - rest.get(name, 0), 0) for name, energy_wmin in total.items()}


def _total_shared_rest(direction: Direction) -> tuple[Quantity, Quantity, Quantity]:
    (total, rest) = (
        quantity for quantity in QUANTITIES[direction] if quantity != Quantity.SELF_CONSUMED
    )
    return total, Quantity.SELF_CONSUMED, rest


def figures_of_day(curves: Iterable[DsoCurve]) -> dict[Participant, dict[Quantity, DsoCurve]]:
    """Return the complete curves of each point."""
    figures: dict[Participant, dict[Quantity, DsoCurve]] = {}
    for curve in curves:
        if None not in curve.energy_wmin:
            point_curves = figures.setdefault(Participant(curve.prm, curve.direction), {})
            point_curves[curve.quantity] = curve
    return figures


def figures_of_month(result: DsoMonth) -> dict[Participant, dict[Quantity, Figure]]:
    """Return figures of one step, the month; tariff classes and their precisions are added up."""
    figures: dict[Participant, dict[Quantity, Figure]] = {}
    for energy in result.energies:
        point_figures = figures.setdefault(Participant(energy.prm, energy.direction), {})
        total = point_figures.get(energy.quantity, Figure(np.zeros(1, dtype=np.int64), 0))
        point_figures[energy.quantity] = Figure(
            total.energy_wmin + energy.energy_wmin, total.precision_wmin + energy.precision_wmin
        )
    return figures


def choose_grain(
    month: Month,
    taking_part: TakingPart,
    days: Mapping[date, DsoDay],
    dso_month: DsoMonth | None,
) -> DsoGrain:
    """Choose steps if every point has them on every day, otherwise energies of the month.

    Raises DsoResultsIncomplete with what both lack.
    """
    lacking_days = _lacking_days(taking_part, days)
    if not lacking_days:
        return DsoGrain.STEP
    lacking_month = lacking_of_month(taking_part, dso_month)
    if lacking_month is None:
        return DsoGrain.MONTH
    raise DsoResultsIncomplete(
        f"{len(lacking_days)} of {len(taking_part)} days of {month} lack definitive curves, and the"
        " month as a whole has no definitive energies: see `days` and `month_energies`.",
        days=lacking_days,
        month_energies=lacking_month,
    )


def _lacking_days(taking_part: TakingPart, days: Mapping[date, DsoDay]) -> list[dict[str, object]]:
    lacking = []
    for day, participants in taking_part.items():
        result = days.get(day)
        curves_by_participant = figures_of_day(result.curves) if result else {}
        complete = {
            participant
            for participant, curves in curves_by_participant.items()
            if _is_enough(participant, curves)
        }
        problem = _describe(
            result, [participant for participant in participants if participant not in complete]
        )
        if problem is not None:
            lacking.append({"day": day.isoformat(), **problem})
    return lacking


def lacking_of_month(
    taking_part: TakingPart, dso_month: DsoMonth | None
) -> dict[str, object] | None:
    """Return the gaps of the month's energies; None if they are complete and definitive."""
    figures_by_participant = figures_of_month(dso_month) if dso_month else {}
    complete = {
        participant
        for participant, figures in figures_by_participant.items()
        if _is_enough(participant, figures)
    }
    everybody = {
        participant for participants in taking_part.values() for participant in participants
    }
    return _describe(dso_month, sorted(everybody - complete))


def _is_enough(participant: Participant, figures: Mapping[Quantity, object]) -> bool:
    return len(set(figures) & set(QUANTITIES[participant.direction])) >= 2  # noqa: PLR2004 - any two


def _describe(
    result: DsoDay | DsoMonth | None, without: Sequence[Participant]
) -> dict[str, object] | None:
    if result is None:
        return {"status": "absent", "points": []}
    points = [
        {"prm": participant.prm, "direction": participant.direction} for participant in without
    ]
    if points:
        return {"status": "incomplete", "points": points}
    return None if result.definitive else {"status": "not_definitive", "points": []}

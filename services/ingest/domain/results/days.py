"""The DSO's curve that counts for a day, where it came in several steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from libs.common.ids import Direction, Prm, Quantity


@dataclass(frozen=True)
class CurveOfDay:
    """One quantity of a point over a local day in one step.

    missing: steps without a value. total_wmin: of all others.
    """

    day: date
    prm: Prm
    direction: Direction
    quantity: Quantity
    step_min: int
    missing: int
    total_wmin: int
    precision_wmin: int
    definitive: bool
    published_us: int

    @property
    def key(self) -> tuple[date, Prm, Direction, Quantity]:
        return self.day, self.prm, self.direction, self.quantity

    @property
    def rank(self) -> tuple[object, ...]:
        """The rank among steps of the same quantity: definitive first, then the last published."""
        return self.definitive, self.published_us, -self.missing, -self.step_min


def choose_steps(curves: Iterable[CurveOfDay]) -> list[CurveOfDay]:
    """Choose one curve per day, point and quantity, in that order."""
    best: dict[object, CurveOfDay] = {}
    for curve in curves:
        best_curve = best.get(curve.key)
        if best_curve is None or curve.rank > best_curve.rank:
            best[curve.key] = curve
    return sorted(best.values(), key=lambda curve: curve.key)


@dataclass(frozen=True)
class QuantityOfMonth:
    """The stored curve of one quantity of a point over a month.

    missing_steps: of the days present.
    """

    prm: Prm
    direction: Direction
    quantity: Quantity
    days: Sequence[date]
    missing_steps: int
    total_wmin: int
    definitive: bool
    published_us: int


def sum_up(curves: Iterable[CurveOfDay]) -> list[QuantityOfMonth]:
    """Sum up by point and quantity, in that order."""
    parts: dict[tuple[Prm, Direction, Quantity], list[CurveOfDay]] = {}
    for curve in choose_steps(curves):
        parts.setdefault((curve.prm, curve.direction, curve.quantity), []).append(curve)
    return [
        QuantityOfMonth(
            *key,
            days=[curve.day for curve in days],
            missing_steps=sum(curve.missing for curve in days),
            total_wmin=sum(curve.total_wmin for curve in days),
            definitive=all(curve.definitive for curve in days),
            published_us=max(curve.published_us for curve in days),
        )
        for key, days in sorted(parts.items())
    ]

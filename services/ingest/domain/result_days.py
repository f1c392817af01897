"""What stands of the DSO's curves of a day, where they came in several steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from libs.common.ids import Direction, Prm, Quantity


@dataclass(frozen=True)
class CurveOfDay:
    """What is known of one quantity of a point over a local day in one step.

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
        """Of two steps of the same the greater stands: definitive, then published last."""
        return self.definitive, self.published_us, -self.missing, -self.step_min


def choose_steps(curves: Iterable[CurveOfDay]) -> list[CurveOfDay]:
    """One curve per day, point and quantity, in that order."""
    best: dict[object, CurveOfDay] = {}
    for one in curves:
        known = best.get(one.key)
        if known is None or one.rank > known.rank:
            best[one.key] = one
    return sorted(best.values(), key=lambda one: one.key)


@dataclass(frozen=True)
class QuantityOfMonth:
    """What is stored of one quantity of a point over a month; missing_steps of the days present."""

    prm: Prm
    direction: Direction
    quantity: Quantity
    days: Sequence[date]
    missing_steps: int
    total_wmin: int
    definitive: bool
    published_us: int


def sum_up(curves: Iterable[CurveOfDay]) -> list[QuantityOfMonth]:
    """By point and quantity, in that order."""
    parts: dict[tuple[Prm, Direction, Quantity], list[CurveOfDay]] = {}
    for one in choose_steps(curves):
        parts.setdefault((one.prm, one.direction, one.quantity), []).append(one)
    return [
        QuantityOfMonth(
            *key,
            days=[one.day for one in days],
            missing_steps=sum(one.missing for one in days),
            total_wmin=sum(one.total_wmin for one in days),
            definitive=all(one.definitive for one in days),
            published_us=max(one.published_us for one in days),
        )
        for key, days in sorted(parts.items())
    ]

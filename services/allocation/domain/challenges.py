"""What the points of a challenge use in its hours: the arithmetic, day by day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from libs.common.calendar import PARIS, step_starts
from libs.common.ids import OperationId, Prm
from services.allocation.domain.curves import Block, BoolArray, EnergyNotWhole, energy_of_day
from services.allocation.domain.share_frames import StepShares

_HALF_HOUR_MIN = 30


@dataclass(frozen=True)
class Entry:
    """A point whose member agreed, over the local days ``[first_day, end_day)``."""

    id: UUID
    prm: Prm
    first_day: date
    end_day: date


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """half_hours: of the local clock, 0 to 47; weekdays: ISO, 1 is Monday."""

    id: UUID
    operation_id: OperationId
    revision: int
    half_hours: Collection[int]
    weekdays: Collection[int]
    with_shares: bool
    entries: Sequence[Entry]

    def list_due(self, days: Iterable[date]) -> list[tuple[Entry, date]]:
        """Which of the days count for which entries."""
        counted = [day for day in days if day.isoweekday() in self.weekdays]
        return [
            (entry, day)
            for entry in self.entries
            for day in counted
            if entry.first_day <= day < entry.end_day
        ]


@dataclass(frozen=True)
class Measured:
    """In the hours that count of one day; shared_wmin: None where nobody asks."""

    consumption_wmin: int
    shared_wmin: int | None = None


def measure(
    challenge: Challenge,
    day: date,
    step_min: int,
    blocks: Sequence[Block],
    shares: Sequence[StepShares] | None,
) -> Measured | None:
    """None: a step that counts is missing or estimated, or shares are asked for and not known.

    blocks: the readings of the point's consumption; shares: what it got, None if not allocated.
    A step belongs to the half-hour of the local clock in which it starts.
    """
    if not blocks or (challenge.with_shares and shares is None):
        return None
    try:
        curve = energy_of_day(blocks, day, step_min)
    except EnergyNotWhole:
        return None
    counted = _steps_that_count(challenge, day, step_min)
    if ((curve.missing | curve.estimated) & counted).any():
        return None
    consumption_wmin = int(curve.energy_wmin[counted].sum())
    if not challenge.with_shares:
        return Measured(consumption_wmin)
    return Measured(consumption_wmin, sum(_shared_wmin(challenge, one) for one in shares or ()))


def _shared_wmin(challenge: Challenge, shares: StepShares) -> int:
    counted = _steps_that_count(challenge, shares.day, shares.step_min)
    return int(np.array(shares.energy_wmin, dtype=np.int64)[counted].sum())


def _steps_that_count(challenge: Challenge, day: date, step_min: int) -> BoolArray:
    local = [start.astimezone(PARIS) for start in step_starts(day, step_min)]
    half_hours = [(one.hour * 60 + one.minute) // _HALF_HOUR_MIN for one in local]
    return np.isin(half_hours, list(challenge.half_hours))


def merged(
    known: Mapping[date, Measured], changes: Mapping[date, Measured | None]
) -> dict[date, Measured]:
    """What is known after the changes, in order of day; None takes a day away."""
    after = {**known, **changes}
    return {day: one for day, one in sorted(after.items()) if one is not None}

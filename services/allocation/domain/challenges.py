"""The arithmetic of a challenge, day by day: what its points use in its hours."""

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
class ChallengeEntry:
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
    entries: Sequence[ChallengeEntry]

    def list_due(self, days: Iterable[date]) -> list[tuple[ChallengeEntry, date]]:
        """Return each entry with the days that count for it."""
        counted = [day for day in days if day.isoweekday() in self.weekdays]
        return [
            (entry, day)
            for entry in self.entries
            for day in counted
            if entry.first_day <= day < entry.end_day
        ]


@dataclass(frozen=True)
class Measured:
    """Energy in the counted hours of one day; shared_wmin is None if shares are not asked for."""

    consumption_wmin: int
    shared_wmin: int | None = None


def measure(
    challenge: Challenge,
    day: date,
    step_min: int,
    blocks: Sequence[Block],
    shares: Sequence[StepShares] | None,
) -> Measured | None:
    """Measure one point's day; None if a counted step lacks a metered reading or its share.

    blocks: the readings of the point's consumption. shares: its allocated shares, None if it is not
    allocated. A step belongs to the half-hour of the local clock in which it starts.
    """
    if not blocks or (challenge.with_shares and shares is None):
        return None
    try:
        curve = energy_of_day(blocks, day, step_min)
    except EnergyNotWhole:
        return None
    is_counted = _steps_that_count(challenge, day, step_min)
    if ((curve.missing | curve.estimated) & is_counted).any():
        return None
    consumption_wmin = int(curve.energy_wmin[is_counted].sum())
    if not challenge.with_shares:
        return Measured(consumption_wmin)
    return Measured(
        consumption_wmin,
        sum(_shared_wmin(challenge, producer_shares) for producer_shares in shares or ()),
    )


def _shared_wmin(challenge: Challenge, shares: StepShares) -> int:
    is_counted = _steps_that_count(challenge, shares.day, shares.step_min)
    return int(np.array(shares.energy_wmin, dtype=np.int64)[is_counted].sum())


def _steps_that_count(challenge: Challenge, day: date, step_min: int) -> BoolArray:
    local_starts = [start.astimezone(PARIS) for start in step_starts(day, step_min)]
    half_hours = [(start.hour * 60 + start.minute) // _HALF_HOUR_MIN for start in local_starts]
    return np.isin(half_hours, list(challenge.half_hours))


def merged(
    measured_by_day: Mapping[date, Measured], changes: Mapping[date, Measured | None]
) -> dict[date, Measured]:
    """Return the measurements after the changes, in order of day; None removes a day."""
    merged_by_day = {**measured_by_day, **changes}
    return {
        day: measured for day, measured in sorted(merged_by_day.items()) if measured is not None
    }

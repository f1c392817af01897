"""The outcome of one day of one operation: shares, or the reason why there are none yet."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from libs.common.calendar import steps_in_day
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.allocation import Allocation, allocate, inputs_hash
from services.allocation.domain.curves import Block, BoolArray, Curve, energy_of_day, starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import KeyIncomplete, SharingKey
from services.allocation.domain.keys.bases import DayBasis
from services.allocation.domain.keys.policy import MissingReadings
from services.allocation.domain.perimeter import Participant, Perimeter


class DayStatus(StrEnum):
    ALLOCATED = "allocated"
    INCOMPLETE = "incomplete"  # readings of some points are missing, and policy refuses that
    NO_KEY = "no_key"  # all readings are there, no key is in force
    KEY_INCOMPLETE = "key_incomplete"  # the key says nothing of some steps: `key_missing_steps`
    FAILED = "failed"  # it cannot be allocated: `failure` is the kind of error
    WAITING = "waiting"  # something has changed; the next allocation is due
    NO_READINGS = "no_readings"  # nothing has arrived for that day
    PURGED = "purged"  # its curves were too old to keep; settlements stay


@dataclass(frozen=True)
class Gap:
    """The number of deficient steps of a point on a day, in the operation's step."""

    prm: Prm
    direction: Direction
    steps: int


@dataclass(frozen=True)
class DayFacts:
    """Everything that the allocation of a day depends on; with a basis, that is what shares."""

    operation_id: OperationId
    day: date
    step_min: int
    participants: Sequence[Participant]
    blocks: Mapping[Participant, Sequence[Block]]
    key: SharingKey | None
    missing_readings: MissingReadings = MissingReadings.REFUSE
    basis: DayBasis | None = None


@dataclass(frozen=True)
class PointTotal:
    """Energy that a point metered over some days, and the part of it that was shared."""

    prm: Prm
    direction: Direction
    metered_wmin: int
    shared_wmin: int


@dataclass(frozen=True, eq=False)
class ShareBlock:
    """Energy from a producer to a consumer: in each step of the day, and in total (positive)."""

    producer: Prm
    consumer: Prm
    energy_wmin: IntArray
    day_wmin: int


@dataclass(frozen=True)
class DayResult:
    """points and shares are in prm order, and empty unless the day is allocated.

    missing: steps that an allocated day counted as no energy. estimated, reconstructed: as in
    Curve. step_min: None when the day failed, because then none of its inputs can be relied on.
    """

    operation_id: OperationId
    day: date
    step_min: int | None
    status: DayStatus
    missing: Sequence[Gap] = ()
    estimated: Sequence[Gap] = ()
    reconstructed: Sequence[Gap] = ()
    failure: str | None = None
    key_missing_steps: int = 0
    inputs_hash: str | None = None
    points: Sequence[PointTotal] = field(default=(), repr=False)
    shares: Sequence[ShareBlock] = field(default=(), repr=False)

    def metered_wmin(self, direction: Direction) -> int:
        return sum(point.metered_wmin for point in self.points if point.direction == direction)

    @property
    def allocated_wmin(self) -> int:
        return sum(share.day_wmin for share in self.shares)


@dataclass(frozen=True)
class MonthDay:
    """A day as people see it; revision and totals are those of its last allocation, if any."""

    day: date
    status: DayStatus
    revision: int = 0
    production_wmin: int | None = None
    consumption_wmin: int | None = None
    allocated_wmin: int | None = None
    missing: Sequence[Gap] = ()
    estimated: Sequence[Gap] = ()
    reconstructed: Sequence[Gap] = ()
    failure: str | None = None
    key_missing_steps: int = 0

    def without_gaps(self, prms: Iterable[Prm]) -> set[Prm]:
        """Return those of these consumers that were metered in full."""
        gaps = (*self.missing, *self.estimated, *self.reconstructed)
        return {*prms} - {gap.prm for gap in gaps if gap.direction == Direction.CONSUMPTION}


class _Gaps(NamedTuple):
    """The deficient steps, per point; the names are those of DayResult."""

    missing: Sequence[Gap]
    estimated: Sequence[Gap]
    reconstructed: Sequence[Gap]


def decide_day(facts: DayFacts, *, known_hash: str | None) -> DayResult | None:
    """Allocate a day, or report what it lacks; None if its inputs still have ``known_hash``."""
    curves = metered_curves(facts)
    gaps = _Gaps(
        missing=_count(curves, lambda curve: curve.missing),
        estimated=_count(curves, lambda curve: curve.estimated),
        reconstructed=_count(curves, lambda curve: curve.reconstructed),
    )
    if gaps.missing and not _may_count_as_zero(facts, curves):
        return _without_shares(facts, DayStatus.INCOMPLETE, gaps.missing)
    energies = {participant: curve.energy_wmin for participant, curve in curves.items()}
    productions = _side(energies, Direction.PRODUCTION)
    consumptions = _side(energies, Direction.CONSUMPTION)
    if not productions or not consumptions:
        hash_of_inputs = _with_gaps(_one_sided_hash(energies), gaps)
        points = [
            PointTotal(*participant, int(energy_wmin.sum()), 0)
            for participant, energy_wmin in energies.items()
        ]
        return (
            None
            if hash_of_inputs == known_hash
            else _allocated(facts, hash_of_inputs, gaps, points, ())
        )
    if facts.key is None:
        return _without_shares(facts, DayStatus.NO_KEY, ())
    starts = starts_of_day(facts.day, facts.step_min)
    try:
        energies_hash = inputs_hash(productions, consumptions, facts.key, starts_epoch_min=starts)
    except KeyIncomplete as incomplete:
        return replace(
            _without_shares(facts, DayStatus.KEY_INCOMPLETE, ()), key_missing_steps=incomplete.steps
        )
    hash_of_inputs = _with_gaps(energies_hash, gaps)
    if hash_of_inputs == known_hash:
        return None
    allocation = allocate(productions, consumptions, facts.key, starts_epoch_min=starts)
    return _allocated(
        facts, hash_of_inputs, gaps, _point_totals(allocation), _share_blocks(allocation)
    )


def metered_curves(facts: DayFacts) -> dict[Participant, Curve]:
    with_estimates = facts.missing_readings == MissingReadings.ESTIMATE
    return {
        participant: energy_of_day(
            facts.blocks.get(participant, ()),
            facts.day,
            facts.step_min,
            with_estimates=with_estimates,
        )
        for participant in facts.participants
    }


def _count(
    curves: Mapping[Participant, Curve], marks_of: Callable[[Curve], BoolArray]
) -> Sequence[Gap]:
    counts = {participant: int(marks_of(curve).sum()) for participant, curve in curves.items()}
    return [Gap(*participant, steps) for participant, steps in counts.items() if steps]


def _may_count_as_zero(facts: DayFacts, curves: Mapping[Participant, Curve]) -> bool:
    """Return whether gaps count as zero: not if a whole side is silent, its data being due."""
    if facts.missing_readings != MissingReadings.ZERO:
        return False
    silent: dict[Direction, bool] = {}
    for participant, curve in curves.items():
        side = participant.direction
        silent[side] = silent.get(side, True) and bool(curve.missing.all())
    return not any(silent.values())


def _with_gaps(energies_hash: str, gaps: _Gaps) -> str:
    """Hash the gaps too: the same energies with other gaps are other inputs."""
    return (
        hashlib.sha256(f"{energies_hash} {gaps}".encode()).hexdigest()
        if any(gaps)
        else energies_hash
    )


def _one_sided_hash(energies: Mapping[Participant, IntArray]) -> str:
    """Hash a day without producers or consumers: nothing is shared, whatever the key says."""
    content = hashlib.sha256(b"elocoop one-sided day 1\n")
    for participant, energy_wmin in energies.items():
        content.update(" ".join(participant).encode())
        content.update(energy_wmin.astype("<i8").tobytes())
    return content.hexdigest()


def energies_of(facts: DayFacts, direction: Direction) -> dict[Prm, IntArray]:
    """Return the energies with which one side's points count, on the steps of the day."""
    energies = {
        participant: curve.energy_wmin for participant, curve in metered_curves(facts).items()
    }
    return _side(energies, direction)


def failed(operation_id: OperationId, day: date, error: Exception) -> DayResult:
    """A day that meets a bug; keeps only the error's class, as its text may hold personal data."""
    return DayResult(operation_id, day, None, DayStatus.FAILED, failure=type(error).__name__)


def no_readings(perimeter: Perimeter, day: date) -> MonthDay:
    """A day of the operation's life for which nothing has arrived."""
    steps = steps_in_day(day, perimeter.step_on(day))
    missing = [Gap(*participant, steps) for participant in perimeter.participants_on(day)]
    return MonthDay(day, DayStatus.NO_READINGS, missing=missing)


def _side(energies: Mapping[Participant, IntArray], direction: Direction) -> dict[Prm, IntArray]:
    return {
        participant.prm: energy_wmin
        for participant, energy_wmin in energies.items()
        if participant.direction == direction
    }


def _without_shares(facts: DayFacts, status: DayStatus, missing: Sequence[Gap]) -> DayResult:
    return DayResult(facts.operation_id, facts.day, facts.step_min, status, missing)


def _allocated(
    facts: DayFacts,
    hash_of_inputs: str,
    gaps: _Gaps,
    points: Sequence[PointTotal],
    shares: Sequence[ShareBlock],
) -> DayResult:
    return DayResult(
        operation_id=facts.operation_id,
        day=facts.day,
        step_min=facts.step_min,
        status=DayStatus.ALLOCATED,
        missing=gaps.missing,
        estimated=gaps.estimated,
        reconstructed=gaps.reconstructed,
        inputs_hash=hash_of_inputs,
        points=points,
        shares=shares,
    )


def _point_totals(allocation: Allocation) -> list[PointTotal]:
    totals = [
        PointTotal(
            point.prm, point.direction, int(point.metered_wmin.sum()), int(point.shared_wmin.sum())
        )
        for point in allocation.points()
    ]
    return sorted(totals, key=lambda total: (total.prm, total.direction))


def _share_blocks(allocation: Allocation) -> list[ShareBlock]:
    metered = allocation.metered
    totals = allocation.shares_wmin.sum(axis=2).tolist()
    return [
        ShareBlock(producer, consumer, allocation.shares_wmin[row, column], total)
        for row, producer in enumerate(metered.producers)
        for column, consumer in enumerate(metered.consumers)
        if (total := totals[row][column])
    ]

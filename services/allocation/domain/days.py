"""What becomes of one day of one operation: shares, or the reason why there are none yet."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from libs.common.calendar import steps_in_day
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.allocation import Allocation, allocate, inputs_hash
from services.allocation.domain.curves import Block, energy_of_day, starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import Key
from services.allocation.domain.perimeter import Participant, Perimeter


class DayStatus(StrEnum):
    ALLOCATED = "allocated"
    INCOMPLETE = "incomplete"  # readings of some points are missing
    NO_KEY = "no_key"  # all readings are there, no key is in force
    FAILED = "failed"  # it cannot be allocated: `failure` says what kind of error it met
    WAITING = "waiting"  # something has changed, the next allocation is due
    NO_READINGS = "no_readings"  # nothing has arrived for that day


@dataclass(frozen=True)
class Gap:
    """How many steps of the operation's step a point misses on a day."""

    prm: Prm
    direction: Direction
    steps: int


@dataclass(frozen=True)
class DayFacts:
    """All that the allocation of a day depends on."""

    operation_id: OperationId
    day: date
    step_min: int
    participants: Sequence[Participant]
    blocks: Mapping[Participant, Sequence[Block]]
    key: Key | None


@dataclass(frozen=True)
class PointTotal:
    """What a point metered over some days, and the part of it that was shared."""

    prm: Prm
    direction: Direction
    metered_wmin: int
    shared_wmin: int


@dataclass(frozen=True, eq=False)
class ShareBlock:
    """What a producer gave a consumer: in each step of the day, and in all (positive)."""

    producer: Prm
    consumer: Prm
    energy_wmin: IntArray
    day_wmin: int


@dataclass(frozen=True)
class DayResult:
    """points and shares are in prm order, and empty unless the day is allocated.

    step_min: None when the day failed, as then nothing that it depends on can be relied on.
    """

    operation_id: OperationId
    day: date
    step_min: int | None
    status: DayStatus
    missing: Sequence[Gap] = ()
    failure: str | None = None
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
    failure: str | None = None


def decide_day(facts: DayFacts, *, known_hash: str | None) -> DayResult | None:
    """Allocate a day, or say what it lacks; None when known_hash says that nothing has changed."""
    curves = {
        participant: energy_of_day(facts.blocks.get(participant, ()), facts.day, facts.step_min)
        for participant in facts.participants
    }
    missing = [
        Gap(participant.prm, participant.direction, int(curve.missing.sum()))
        for participant, curve in curves.items()
        if not curve.complete
    ]
    if missing:
        return _without_shares(facts, DayStatus.INCOMPLETE, missing)
    energies = {participant: curve.energy_wmin for participant, curve in curves.items()}
    productions = _side(energies, Direction.PRODUCTION)
    consumptions = _side(energies, Direction.CONSUMPTION)
    if not productions or not consumptions:
        return _decide_one_sided(facts, energies, known_hash)
    if facts.key is None:
        return _without_shares(facts, DayStatus.NO_KEY, ())
    starts = starts_of_day(facts.day, facts.step_min)
    found = inputs_hash(productions, consumptions, facts.key, starts_epoch_min=starts)
    if found == known_hash:
        return None
    allocation = allocate(productions, consumptions, facts.key, starts_epoch_min=starts)
    return _allocated(facts, found, _point_totals(allocation), _share_blocks(allocation))


def failed(operation_id: OperationId, day: date, error: Exception) -> DayResult:
    """A day that meets a bug; only the class of the error, as its text may hold personal data."""
    return DayResult(operation_id, day, None, DayStatus.FAILED, failure=type(error).__name__)


def no_readings(perimeter: Perimeter, day: date) -> MonthDay:
    """A day in the operation's life for which nothing has arrived."""
    steps = steps_in_day(day, perimeter.step_min)
    missing = [Gap(*participant, steps) for participant in perimeter.participants_on(day)]
    return MonthDay(day, DayStatus.NO_READINGS, missing=missing)


def _side(energies: Mapping[Participant, IntArray], direction: Direction) -> dict[Prm, IntArray]:
    return {who.prm: energy for who, energy in energies.items() if who.direction == direction}


def _without_shares(facts: DayFacts, status: DayStatus, missing: Sequence[Gap]) -> DayResult:
    return DayResult(facts.operation_id, facts.day, facts.step_min, status, missing)


def _decide_one_sided(
    facts: DayFacts, energies: Mapping[Participant, IntArray], known_hash: str | None
) -> DayResult | None:
    """Without producers, or without consumers, nothing is shared, whatever the key would say."""
    content = hashlib.sha256(b"elocoop one-sided day 1\n")
    for participant, energy_wmin in energies.items():
        content.update(" ".join(participant).encode())
        content.update(energy_wmin.astype("<i8").tobytes())
    if (found := content.hexdigest()) == known_hash:
        return None
    points = [PointTotal(*who, int(energy.sum()), 0) for who, energy in energies.items()]
    return _allocated(facts, found, points, ())


def _allocated(
    facts: DayFacts, found: str, points: Sequence[PointTotal], shares: Sequence[ShareBlock]
) -> DayResult:
    return DayResult(
        operation_id=facts.operation_id,
        day=facts.day,
        step_min=facts.step_min,
        status=DayStatus.ALLOCATED,
        inputs_hash=found,
        points=points,
        shares=shares,
    )


def _point_totals(allocation: Allocation) -> list[PointTotal]:
    metered = allocation.metered
    sides = (
        (Direction.PRODUCTION, metered.producers, metered.production_wmin, allocation.given_wmin),
        (
            Direction.CONSUMPTION,
            metered.consumers,
            metered.consumption_wmin,
            allocation.allocated_wmin,
        ),
    )
    totals = [
        PointTotal(prm, direction, energy, shared)
        for direction, prms, energies, shares in sides
        for prm, energy, shared in zip(
            prms, energies.sum(axis=1).tolist(), shares.sum(axis=1).tolist(), strict=True
        )
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
